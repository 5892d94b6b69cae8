/** What a delivery status notification says (RFC 3464), as far as a letter's fate depends on it. */
import type { Mail } from './mail';

export interface DeliveryReport {
  /** The letter that it is about: the Message-ID of the returned head. */
  messageId: string | null;
  recipients: {
    address: string;
    action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown';
    /** `5.1.1 smtp; 550 5.1.1 no such user`, short. */
    said: string;
  }[];
}

/** Reads the report of a mail; null where it has none of this kind. */
export function deliveryReportOf({ report }: Pick<Mail, 'report'>): DeliveryReport | null {
  if (report?.type !== 'delivery-status') return null;
  const status = report.parts.find(({ type }) => /delivery-status$/.test(type));
  const returned = report.parts.find(({ type }) => /rfc822|message\/global/.test(type));
  // The first group is of the whole message, the others are one per recipient.
  const groups = (status?.text ?? '').split(/\n[ \t]*\n/).map(fieldsOf);
  const recipients = groups.flatMap((fields) => {
    const address = addressIn(fields.get('original-recipient')) ?? addressIn(fields.get('final-recipient'));
    if (!address) return [];
    const diagnostic = fields.get('diagnostic-code')?.replace(/^\s*smtp\s*;\s*/i, '') ?? '';
    const code = fields.get('status')?.match(/\d\.\d{1,3}\.\d{1,3}/)?.[0] ?? '';
    const said = (diagnostic.includes(code) ? diagnostic : `${code} ${diagnostic}`).trim().slice(0, 300);
    return [{ address, action: actionOf(fields.get('action')), said }];
  });
  return { messageId: messageIdIn(returned?.text ?? ''), recipients };
}

type Action = DeliveryReport['recipients'][number]['action'];

function actionOf(value: string | undefined): Action {
  const action = value?.trim().toLowerCase();
  switch (action) {
    case 'failed':
    case 'delayed':
    case 'delivered':
    case 'relayed':
    case 'expanded':
      return action;
    default:
      return 'unknown';
  }
}

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const field = /^([A-Za-z-]+)\s*:\s*(.*)$/.exec(line);
    if (field?.[1]) fields.set(field[1].toLowerCase(), field[2] ?? '');
  }
  return fields;
}

/** `rfc822; a@b`, sometimes in angle brackets. */
function addressIn(value: string | undefined): string | null {
  const typed =
    value
      ?.split(';')
      .at(-1)
      ?.replace(/[<>"\s]/g, '') ?? '';
  return /^[^@]+@[^@]+$/.test(typed) ? typed.toLowerCase() : null;
}

/** Of the returned head only: a body could name any other letter. */
function messageIdIn(returned: string): string | null {
  const head = returned.trimStart().split(/\n[ \t]*\n/)[0] ?? '';
  return /^message-id\s*:\s*<([^<>\s]+)>/im.exec(head.replace(/\n[ \t]+/g, ' '))?.[1] ?? null;
}
