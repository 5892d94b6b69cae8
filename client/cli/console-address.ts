/** Where the console is. */

/** Unless somebody wants it elsewhere. */
export const USUAL_PORT = 8050;

/** How this machine itself reaches what listens there. */
export function addressOf(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
