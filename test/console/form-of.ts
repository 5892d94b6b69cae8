/** A form with files as a browser sends it (RFC 7578): the fields of the page first, names as they are. */
export interface FormFile {
  field: string;
  name: string;
  bytes: Buffer;
}

export function formOf(fields: Record<string, string>, files: readonly FormFile[]): { type: string; body: Buffer } {
  const boundary = '----a-boundary-of-this-test';
  const chunks: Buffer[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  for (const { field, name, bytes } of files) {
    const head = `Content-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream`;
    chunks.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), bytes, Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) };
}
