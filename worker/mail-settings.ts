/** The settings of mail made ready for use: certificates and keys are read from their files here, and tried. */
import { readFile } from 'node:fs/promises';
import type { Config } from '../config';
import { dkimSigner, type Sign } from '../mail/dkim';
import type { PostOptions } from '../mail/smtp';
import { ToolError } from '../tools/tool-error';

/** How the mail server is spoken to. Throws ToolError when the file of authorities cannot be read. */
export async function postOptionsOf(smtp?: Config['mail']['smtp']): Promise<PostOptions> {
  if (!smtp) return {};
  const { caFile, connections, perMinute } = smtp;
  const ca = caFile === null ? null : await readOrSay(caFile, 'DUBAN_SMTP_CA');
  if (ca !== null && !ca.includes('BEGIN CERTIFICATE'))
    throw new ToolError('no certificate in the file of authorities', caFile ?? '', 'set DUBAN_SMTP_CA to a PEM file');
  return { ca, connections, perMinute };
}

/** The hand that signs letters for their domain; null without a key. Throws ToolError when the key cannot be used. */
export async function signerOf(dkim: Config['mail']['dkim'] = null): Promise<Sign | null> {
  if (!dkim) return null;
  const { domain, selector, key, keyFile } = dkim;
  const privateKey = key ?? (await readOrSay(keyFile ?? '', 'DUBAN_DKIM_KEY_FILE'));
  try {
    return dkimSigner({ domain, selector, privateKey });
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new ToolError(what, keyFile ?? 'DUBAN_DKIM_KEY', 'make one by openssl genrsa 2048');
  }
}

async function readOrSay(file: string, variable: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ToolError(`${variable} cannot be read (${why})`, file, `make it readable, or set ${variable}`, { cause });
  }
}
