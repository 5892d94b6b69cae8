/** Reads the errors of an SMTP connection: whose mistake it is, and in words that can be stored. */

interface SmtpError {
  code?: string;
  /** The system's or OpenSSL's own code, where nodemailer put its own over it. */
  originalCode?: string;
  command?: string;
  responseCode?: number;
  message?: string;
}

/** Certificates that do not fit their host, or that nobody we trust has signed. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|ERR_SSL/;

/**
 * Whether no try will succeed until a person changes a setting: a login or a sender that is refused for good, a server
 * without the encryption that is required, a certificate that is not trusted.
 */
export function isOurMistake(error: unknown): boolean {
  const { code = '', originalCode = '', command = '', responseCode = 0 } = (error ?? {}) as SmtpError;
  if (code === 'ETLS' || CERTIFICATE.test(originalCode) || CERTIFICATE.test(code)) return true;
  if (code === 'EAUTH' || command.startsWith('AUTH')) return responseCode === 0 || responseCode >= 500;
  return command === 'MAIL FROM' && responseCode >= 500;
}

/** One line, storable whatever a server says: a letter that it took must not go again because its answer cannot be kept. */
export function wordsOf(error: unknown): string {
  const { code, originalCode = '', message } = (error ?? {}) as SmtpError;
  const said = typeof error === 'string' ? error : (message ?? String(error));
  const words = said.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, 500);
  if (code === 'ETLS') return `the server offers no encryption (STARTTLS), which is required: ${words}`.slice(0, 500);
  if (CERTIFICATE.test(originalCode)) {
    return `the server's certificate is not trusted; name its authority by DUBAN_SMTP_CA: ${words}`.slice(0, 500);
  }
  return words;
}
