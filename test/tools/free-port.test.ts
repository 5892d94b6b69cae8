/** A port that was free a moment ago may be somebody else's when a server takes it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { startOnFreePort } from '../../tools/free-port';

const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((settle) => server.close(settle)))));

async function listenOn(port: number): Promise<number> {
  const server = createServer().listen({ port, host: '127.0.0.1' });
  await once(server, 'listening');
  servers.push(server);
  return port;
}

test('a server whose port is taken before it starts, starts on another', async () => {
  const tried: number[] = [];
  const port = await startOnFreePort([], async (free) => {
    tried.push(free);
    if (tried.length === 1) await listenOn(free);
    return listenOn(free);
  });
  expect(tried).toEqual([expect.any(Number), port]);
  expect(tried[0]).not.toBe(port);
});

test('what is always taken, and what else goes wrong, is said', async () => {
  const taken = await listenOn(0).then(() => servers[0]?.address());
  const port = taken && typeof taken === 'object' ? taken.port : 0;
  let tries = 0;
  const always = startOnFreePort([], () => {
    tries += 1;
    return listenOn(port);
  });
  await expect(always).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(tries).toBe(3);

  const broken = startOnFreePort([], () => {
    tries += 1;
    return Promise.reject(new Error('no such file'));
  });
  await expect(broken).rejects.toThrow('no such file');
  expect(tries).toBe(4);
});
