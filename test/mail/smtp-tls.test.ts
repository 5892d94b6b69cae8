/** Letters go encrypted to a server that proves who it is, or not at all; what cannot go for a mistake of ours says so. */
import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { dkimVerify } from 'mailauth/lib/dkim/verify';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { dkimSigner } from '../../mail/dkim';
import { mimeOf } from '../../mail/mime';
import { createPace } from '../../mail/pace';
import { createPost, type Post, type PostOptions } from '../../mail/smtp';
import { tlsFor } from '../../mail/smtp-tls';
import { certificateFor } from './certificates';

const parcel = { from: 'duban@zz.example', to: 'x@zz.example', bytes: Buffer.from('Subject: a\r\n\r\n.b\r\n') };
const own = certificateFor('localhost');
const strangers = certificateFor('mail.elsewhere.example');

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A server with STARTTLS, and a post that must use it and must be shown a certificate that it trusts. */
async function posted(
  server: SMTPServerOptions,
  options: PostOptions,
  login = '',
): Promise<Post & { taken: string[] }> {
  const taken: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, callback) {
      taken.push(session.secure ? 'encrypted' : 'in the clear');
      stream.resume().once('end', callback);
    },
    ...server,
  });
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const required = 'requireTLS=true&tls.rejectUnauthorized=true';
  const post = createPost(`smtp://${login}localhost:${port}/?${required}`, options);
  open.push(
    () => post.close(),
    () => smtp.close(() => undefined),
  );
  return Object.assign(post, { taken });
}

test('beyond this machine the URL cannot switch encryption off, on it anything goes', () => {
  const weak = { ignoreTLS: true, requireTLS: false, tls: { rejectUnauthorized: false } };
  for (const host of ['mail.example.gov.cn', '10.0.0.5', '128.0.0.1', 'localhost.example.cn']) {
    expect(tlsFor({ host, ...weak }, {})).toMatchObject({
      requireTLS: true,
      ignoreTLS: false,
      opportunisticTLS: false,
      tls: { rejectUnauthorized: true },
    });
  }
  expect(tlsFor({ host: 'mail.example.gov.cn', secure: true }, {})).toMatchObject({ requireTLS: false });
  for (const host of ['localhost', '127.0.0.1', '127.8.9.10', '::1', '[::1]']) {
    expect(tlsFor({ host }, {})).toEqual({ tls: { rejectUnauthorized: false } });
  }
});

test('with its authority named, a letter goes encrypted', async () => {
  const post = await posted(own, { ca: own.cert });
  expect(await post.send(parcel)).toMatchObject({ outcome: 'handed' });
  expect(post.taken).toEqual(['encrypted']);
  expect(await post.trouble()).toBeNull();
});

test.each<[string, SMTPServerOptions, PostOptions, RegExp]>([
  [
    'whose offer of STARTTLS was taken out',
    { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] },
    {},
    /STARTTLS.*required/,
  ],
  ['whose certificate nobody signed', own, {}, /DUBAN_SMTP_CA.*self.signed/i],
  ['whose certificate is for another host', strangers, { ca: strangers.cert }, /DUBAN_SMTP_CA.*altnames/i],
])('a server %s gets no letter, and the answer says what to set', async (_, server, options, answer) => {
  const post = await posted(server, options);
  const expected = { outcome: 'misconfigured', answer: expect.stringMatching(answer) };
  expect(await post.send(parcel)).toEqual(expected);
  expect(await post.trouble()).toEqual(expected.answer);
  expect(post.taken).toEqual([]);
});

test('no password is shown to a server that does not encrypt', async () => {
  const shown: string[] = [];
  const onAuth: SMTPServerOptions['onAuth'] = ({ password }, _session, callback) => {
    if (password) shown.push(password);
    callback(null, { user: 'duban' });
  };
  const clear = await posted({ onAuth, disabledCommands: ['STARTTLS'], allowInsecureAuth: true }, {}, 'duban:secret@');
  expect((await clear.send(parcel)).outcome).toBe('misconfigured');
  expect(shown).toEqual([]);
  const encrypted = await posted({ ...own, onAuth }, { ca: own.cert }, 'duban:secret@');
  expect((await encrypted.send(parcel)).outcome).toBe('handed');
  expect(shown).toEqual(['secret']);
});

test('a signed letter is proven by its domain’s key, and signed again it is the same bytes', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const sign = dkimSigner({ domain: 'zz.example', selector: 'duban', privateKey });
  const letter = await mimeOf(
    {
      messageId: '20200313-0900-1@zz.example',
      thread: 'thread.202003.1@zz.example',
      datedAt: '2020-03-13T01:00:00.000Z',
      from: { name: '督办', address: 'duban@zz.example' },
      to: { name: '糜履冰', address: 'x@zz.example' },
      replyTo: null,
      language: 'zh-CN',
      subject: '【督办】1项待签收',
      calendar: null,
    },
    { text: '请签收。\n', html: '<p>请签收。</p>' },
  );
  const signed = await sign(letter);
  expect((await sign(letter)).equals(signed)).toBe(true);

  const txt = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
  const verify = async (bytes: Buffer) => {
    const resolver = async (name: string) => (name === 'duban._domainkey.zz.example' ? [[txt]] : []);
    const { results } = await dkimVerify(bytes, { resolver });
    return results.map(({ status, signingDomain }) => `${signingDomain} ${status.result}`);
  };
  expect(await verify(signed)).toEqual(['zz.example pass']);
  expect(await verify(Buffer.from(signed.toString().replace('MIME-Version', 'X-Was')))).toEqual(['zz.example fail']);
  const weak = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  for (const key of [weak.privateKey, 'no key']) {
    expect(() => dkimSigner({ domain: 'zz.example', selector: 'duban', privateKey: key })).toThrow(
      /no RSA private key/,
    );
  }
});

test('letters leave evenly, so many in a minute, and a quiet hour makes no burst', () => {
  let now = 0;
  const pace = createPace(60, () => now);
  expect([pace.take(), pace.take()]).toEqual([0, 1_000]);
  now = 400;
  expect(pace.take()).toBe(600);
  now = 3_600_000;
  expect([pace.take(), pace.take()]).toEqual([0, 1_000]);
  expect(createPace(null).take()).toBe(0);
});
