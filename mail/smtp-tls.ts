/** Which encryption a mail server must have: letters carry addresses that answer for a unit, so none is read on its way. */
import { rootCertificates } from 'node:tls';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface SmtpTrust {
  /** PEM of authorities that are trusted beside the system's; null: the system's. */
  ca?: string | null;
}

/**
 * What nodemailer is told about encryption, over whatever the URL says. Beyond this machine: STARTTLS or TLS from the
 * first byte, and a certificate that fits; a server that does not offer it, or somebody between who takes the offer out,
 * gets no letter and no password. On this machine's loopback anything goes: nobody can stand between.
 */
export function tlsFor(
  server: SMTPConnection.Options,
  { ca = null }: SmtpTrust,
): Pick<SMTPConnection.Options, 'requireTLS' | 'ignoreTLS' | 'opportunisticTLS' | 'tls'> {
  const tls = { ...server.tls, ...(ca === null ? {} : { ca: [...rootCertificates, ca] }) };
  if (isLoopback(server.host ?? 'localhost')) return { tls: { rejectUnauthorized: false, ...tls } };
  return {
    requireTLS: !server.secure,
    ignoreTLS: false,
    opportunisticTLS: false,
    tls: { ...tls, rejectUnauthorized: true },
  };
}

/** Whether a host's name is this machine's loopback. */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
