/** A local HTTP server that stands for a vendor: it keeps what it was asked, and answers as the test says. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** As it came. */
  text: string;
  /** The same as JSON; null where it is none. */
  json: Record<string, unknown> | null;
}

/** `drop`: the connection ends instead of an answer, after the whole request was read. */
export type Reply = { status?: number; json?: unknown; text?: string; headers?: Record<string, string> } | 'drop';

export interface VendorServer {
  url: string;
  asked: Asked[];
  /** Requests of one path. */
  on(path: string): Asked[];
  close(): Promise<void>;
}

export async function startVendor(reply: (asked: Asked) => Reply | Promise<Reply>): Promise<VendorServer> {
  const sockets = new Set<Socket>();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://vendor');
      const text = Buffer.concat(chunks).toString('utf8');
      const one: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        text,
        json: jsonOf(text),
      };
      asked.push(one);
      void Promise.resolve(reply(one)).then((answer) => {
        if (answer === 'drop') return request.socket.destroy();
        const { status = 200, json, text: body = JSON.stringify(json), headers = {} } = answer;
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
      });
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    on: (path) => asked.filter((one) => one.path === path),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function jsonOf(text: string): Asked['json'] {
  try {
    return JSON.parse(text) as Asked['json'];
  } catch {
    return null;
  }
}
