/** A mail of the mailbox as recognition reads it: headers as they stand, the text in one form, files apart. */

export interface Mail {
  /** Made of Message-ID and sender, or of the whole head where there is none: the same wherever the mail lies. */
  id: string;
  /** Without angle brackets, as all ids here. */
  messageId: string | null;
  inReplyTo: string | null;
  /** Oldest first. */
  references: string[];
  /** The one address of From, in lower case; null where it names nobody, or several. */
  from: string | null;
  /** How the sender calls himself; it proves nothing. */
  fromName: string;
  subject: string;
  /** Values by lower-case name, unfolded, in their order. */
  headers: ReadonlyMap<string, readonly string[]>;
  /** Plain text, or what was made of HTML. */
  text: string;
  /** Parts of multipart/report that programs read. */
  report: { type: string; parts: { type: string; text: string }[] } | null;
  files: MailFile[];
}

export interface MailFile {
  /** As the sender calls it, without folders. */
  name: string;
  content: Buffer;
}

/** The first value of a header, or null. */
export function headerOf({ headers }: Pick<Mail, 'headers'>, name: string): string | null {
  return headers.get(name)?.[0] ?? null;
}
