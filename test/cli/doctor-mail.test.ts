/** `doctor --mail`: a letter leaves by the configured server, and what the server says comes back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MailServer, startMailServer } from '../mail/mail-server';
import { duban, dubanJson } from './duban';

jest.setTimeout(60_000);

let server: MailServer;
const home = mkdtempSync(join(tmpdir(), 'duban-home-'));
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const settings = () => ({ DUBAN_HOME: home, DUBAN_SMTP_URL: server.url, DUBAN_MAIL_FROM: '督办 <duban@zz.example>' });

test('the server takes it: its answer is said, and the letter is there', async () => {
  const { code, json } = await dubanJson(settings(), 'doctor', '--mail', 'wangli@tax.example');
  expect([code, json]).toMatchObject([0, { ok: true, outcome: 'handed', to: 'wangli@tax.example' }]);
  const letter = await server.read(0);
  expect([letter.subject, letter.from?.text]).toEqual(['【督办】测试信，无需回复', '"督办" <duban@zz.example>']);
});

test('the server refuses: its words, what to do, exit 1', async () => {
  server.manner = () => 'never';
  const { code, stdout } = await duban(settings(), 'doctor', '--mail', 'nobody@tax.example');
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗.*服务器拒收这封信\n.*550 no such user\n.*check the address/);
});

test.each([
  [{ DUBAN_SMTP_URL: '' }, ['--mail', 'x@tax.example'], 1, 'no-mail-server'],
  [{}, ['--mail', 'x@tax.example\r\nRCPT TO:<y@z.example>'], 2, 'bad-mail'],
  [{}, ['--mail', 'x@tax.example', '--repair'], 2, 'mail-alone'],
])('with %o, doctor %j is refused', async (other, args, exit, code) => {
  const ran = await dubanJson({ ...settings(), ...other }, 'doctor', ...args);
  expect([ran.code, ran.json.error?.code]).toEqual([exit, code]);
});
