/** Signs a letter for its domain (DKIM, RFC 6376), once, before its bytes are stored: every sending has the same signature. */
import { createPrivateKey } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';

export interface DkimKey {
  /** The domain that signs, as in the sender's address. */
  domain: string;
  /** Where its public key stands: `<selector>._domainkey.<domain>`. */
  selector: string;
  /** PEM, RSA. */
  privateKey: string;
}

export type Sign = (bytes: Buffer) => Promise<Buffer>;

/**
 * RSA with SHA-256 by PKCS #1 v1.5 and no time in it: the same bytes get the same signature.
 * @throws RangeError if the key is no RSA key of 1024 bits or more; the message holds nothing of it
 */
export function dkimSigner({ domain, selector, privateKey }: DkimKey): Sign {
  assertUsable(privateKey);
  const dkim = new DKIM({ domainName: domain, keySelector: selector, privateKey });
  return (bytes) => buffer(dkim.sign(bytes));
}

function assertUsable(pem: string): void {
  let bits: number | undefined;
  try {
    const key = createPrivateKey(pem);
    bits = key.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails?.modulusLength : undefined;
  } catch {
    // Said below, without what stood in the key.
  }
  if ((bits ?? 0) < 1024) throw new RangeError('the DKIM key is no RSA private key (PEM) of 1024 bits or more');
}
