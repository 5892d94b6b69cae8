/** A file on its way to a browser, under its Chinese name, kept by nobody. */
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { encodedName } from './file-name';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Signs that some file system does not take, and such as nobody sees. */
const NOT_IN_NAMES = /[\\/:*?"<>|\p{Cc}\p{Cf}]/gu;

export function sendFile(
  reply: FastifyReply,
  content: Buffer | Readable,
  { name, type }: { name: string; type: string },
): FastifyReply {
  const safe = name.replace(NOT_IN_NAMES, '_').slice(-120);
  // The first is for programs that know no other; browsers take the second.
  const ascii = safe.replace(/[^ -~]/g, '_');
  return reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename="${ascii}"; ${encodedName(safe)}`)
    .send(content);
}
