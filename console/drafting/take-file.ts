/** One file of a form, with the session's token before it, in memory: who reads it needs the whole of it. */
import type { FastifyRequest } from 'fastify';
import { checkCsrf } from '../session/csrf';

/** The file, or why there is none. */
export type TakenFile = { name: string; bytes: Buffer } | 'none' | 'too-large';

/** @throws ForeignForm before a byte of a form that is not ours is taken into memory */
export async function takeFile(request: FastifyRequest, mostBytes: number): Promise<TakenFile> {
  if (!request.isMultipart()) return 'none';
  let isOurs = false;
  for await (const part of request.parts({ limits: { files: 1, fileSize: mostBytes, fields: 5 } })) {
    if (part.type === 'field') {
      if (part.fieldname === 'csrf') {
        checkCsrf(request, part.value);
        isOurs = true;
      }
      continue;
    }
    if (!isOurs) checkCsrf(request, undefined);
    const bytes = await part.toBuffer();
    if (part.file.truncated) return 'too-large';
    return part.filename === '' ? 'none' : { name: part.filename, bytes };
  }
  return 'none';
}
