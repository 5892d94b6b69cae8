/** The name of a file in a header: RFC 6266 with the encoding of RFC 8187, which every browser takes. */
export function encodedName(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename*=UTF-8''${encoded}`;
}
