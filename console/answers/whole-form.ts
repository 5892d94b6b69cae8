/** Whether a multipart form came to its end: its reader takes what is cut off, or given up on its way, for all there is. */
import type { FastifyRequest } from 'fastify';

/** Longer than an end with its boundary (RFC 2046: 70 characters); what may follow it counts for nothing. */
const TAIL_BYTES = 1024;

/** Watches a form from before it is read. The answer counts when its reader is done. */
export function watchForm({ raw, headers }: FastifyRequest): () => boolean {
  const boundary = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(headers['content-type'] ?? '');
  const end = `--${boundary?.[1] ?? boundary?.[2] ?? ''}--`;
  let tail = Buffer.alloc(0);
  raw.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  });
  return () => boundary !== null && tail.includes(end);
}

/** The form is not whole; the server says so as 400. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
  readonly statusCode = 400;
}
