import { createServer, type Server, type Socket } from 'node:net';
import { createPost, type Post } from '../../mail/smtp';
import { freePort } from '../../tools/free-port';
import { type MailServer, type Manner, startMailServer } from './mail-server';

const parcel = { from: 'duban@zz.example', to: 'x@zz.example', bytes: Buffer.from('Subject: a\r\n\r\n.b\r\n') };

describe('what is known after a try (D20, D21)', () => {
  let server: MailServer;
  let post: Post;
  beforeEach(async () => {
    server = await startMailServer();
    post = createPost(server.url);
  });
  afterEach(async () => {
    post.close();
    await server.close();
  });

  test('handed over: the server has the bytes as they were, and its answer is kept', async () => {
    expect(await post.send(parcel)).toEqual({ outcome: 'handed', answer: expect.stringMatching(/^250/) });
    expect(server.seen).toEqual([{ to: parcel.to, bytes: parcel.bytes }]);
  });

  test.each<[Manner, string, RegExp]>([
    ['later', 'temporary', /451 greylisted/],
    ['full', 'temporary', /452 mailbox full/],
    ['never', 'permanent', /550 no such user/],
    ['bad', 'permanent', /554 content refused/],
    ['die', 'unsure', /./],
    ['shut', 'unreachable', /./],
  ])('a server that does "%s" leaves the letter %s', async (manner, outcome, answer) => {
    server.manner = () => manner;
    expect(await post.send(parcel)).toEqual({ outcome, answer: expect.stringMatching(answer) });
    server.manner = () => 'take';
    expect(await post.send(parcel)).toMatchObject({ outcome: 'handed' });
  });

  test('letters that follow each other go over one connection', async () => {
    for (let i = 0; i < 5; i++) await post.send(parcel);
    expect([server.seen.length, server.connections]).toEqual([5, 1]);
  });

  test('a connection that the server closed in between is not the letter’s fault', async () => {
    await post.send(parcel);
    await server.close();
    const again = await post.send(parcel);
    expect(again.outcome).toBe('unreachable');
  });

  test('the server lets us in, or says why not', async () => {
    expect(await post.trouble()).toBeNull();
    const nobody = createPost(`smtp://127.0.0.1:${await freePort()}`);
    expect(await nobody.trouble()).toContain('ECONNREFUSED');
    expect(await nobody.send(parcel)).toMatchObject({ outcome: 'unreachable' });
  });
});

/** A line-by-line server, for answers that a proper one would not give. */
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function scripted(script: (line: string, socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 here\r\n');
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n')) if (line) script(line, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  servers.push(server);
  return `smtp://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
}

test.each([
  ['421 after the letter', '421 going down', 'temporary'],
  ['nothing but the end of the connection', null, 'unsure'],
])('the last answer is %s: %s', async (_, answer, outcome) => {
  const url = await scripted((line, socket) => {
    if (line === 'DATA') socket.write('354 go on\r\n');
    else if (line === '.') socket.end(answer ? `${answer}\r\n` : '');
    else if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write('250 ok\r\n');
  });
  const post = createPost(url);
  expect(await post.send(parcel)).toMatchObject({ outcome });
  post.close();
});

test('a refused login is about us, not about the letter', async () => {
  const url = await scripted((line, socket) => {
    if (line.startsWith('EHLO')) socket.write('250-here\r\n250 AUTH PLAIN\r\n');
    else if (line.startsWith('AUTH')) socket.write('535 wrong\r\n');
  });
  const post = createPost(url.replace('//', '//duban:secret@'));
  expect(await post.send(parcel)).toMatchObject({ outcome: 'misconfigured', answer: expect.stringContaining('535') });
  post.close();
});

test('a refused sender is about us too', async () => {
  const url = await scripted((line, socket) => {
    if (line.startsWith('EHLO')) socket.write('250 here\r\n');
    else if (line.startsWith('MAIL')) socket.write('550 who are you\r\n');
  });
  const post = createPost(url);
  expect(await post.send(parcel)).toMatchObject({ outcome: 'misconfigured' });
  post.close();
});

/** Writes a line a letter at a time, for ever: no time between two of them is ever long. */
function drip(socket: Socket, lines: string): void {
  let sent = 0;
  const timer = setInterval(() => socket.write(lines[sent++ % lines.length] ?? ''), 5);
  socket.once('close', () => clearInterval(timer));
}

test.each<[string, RegExp, string]>([
  ['its greeting of the client', /^EHLO/, 'unreachable'],
  ['its answer to the login', /^AUTH/, 'unreachable'],
  ['its answer to the address', /^RCPT/, 'unreachable'],
  ['its answer to the letter', /^\.$/, 'unsure'],
])('a server that drips %s does not outlive the letter’s lease (D20)', async (_, at, outcome) => {
  const answers: [RegExp, string][] = [
    [/^EHLO/, '250-here\r\n250 AUTH PLAIN\r\n'],
    [/^AUTH/, '235 in\r\n'],
    [/^(MAIL|RCPT)/, '250 ok\r\n'],
    [/^DATA/, '354 go on\r\n'],
  ];
  const url = await scripted((line, socket) => {
    if (at.test(line)) return drip(socket, '250-wait\r\n');
    for (const [asked, answer] of answers) if (asked.test(line)) socket.write(answer);
  });
  const post = createPost(url.replace('//', '//duban:secret@'), { attemptMs: 300 });
  expect(await post.send(parcel)).toEqual({ outcome, answer: 'no end after 0.3 s' });
  post.close();
});

test('a server that closes with 421 is about itself, whatever was asked', async () => {
  const url = await scripted((line, socket) => {
    if (line.startsWith('EHLO')) socket.write('250 here\r\n');
    else if (line.startsWith('MAIL')) socket.write('250 ok\r\n');
    else if (line.startsWith('RCPT')) socket.end('421 too many\r\n');
  });
  const post = createPost(url);
  expect(await post.send(parcel)).toMatchObject({ outcome: 'unreachable', answer: expect.stringContaining('421') });
  post.close();
});
