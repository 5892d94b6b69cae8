/** A cable between a worker and the Temporal server, which the test can pull out. */
import { createServer, connect as dial, type Socket } from 'node:net';

export interface Cable {
  /** `127.0.0.1:PORT`: where the far end is reached. */
  address: string;
  /** Ends every connection; new ones get through again. A frozen machine's are ended so, by whoever it keeps waiting. */
  pull(): void;
  close(): Promise<void>;
}

/** @param to `127.0.0.1:PORT` */
export async function cableTo(to: string): Promise<Cable> {
  const ends = new Set<Socket>();
  const keep = (socket: Socket) => {
    ends.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => ends.delete(socket));
  };
  const pull = () => {
    for (const end of ends) end.destroy();
  };
  const [host, port] = to.split(':');
  const server = createServer((near) => {
    const far = dial({ host, port: Number(port) });
    keep(near);
    keep(far);
    near.pipe(far).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const bound = server.address();
  return {
    address: `127.0.0.1:${bound && typeof bound === 'object' ? bound.port : 0}`,
    pull,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        pull();
      }),
  };
}
