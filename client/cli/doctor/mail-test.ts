/** `doctor --mail ADDRESS`: one letter through the configured transport, and what the server says to it. */
import { randomUUID } from 'node:crypto';
import { mimeOf } from '../../../mail/mime';
import { createPost, type Handing } from '../../../mail/smtp';
import { postOptionsOf, signerOf } from '../../../worker/mail-settings';
import { mailboxOf } from '../../../worker/places';
import type { Answer } from '../call';
import { CliFailure } from '../failure';
import type { Session } from '../session';

/** Per outcome: what it means, and what to do. */
const MEANING: Record<Handing['outcome'], { zh: string; next: string | null }> = {
  handed: { zh: '服务器已收下测试信，请到收件箱核实是否收到', next: null },
  temporary: { zh: '服务器暂时不收', next: 'the same again in some minutes' },
  permanent: { zh: '服务器拒收这封信', next: 'check the address, and what the server says' },
  unsure: { zh: '服务器收到信件后没有答复，可能已收下', next: 'look into the mailbox, then the same again' },
  unreachable: { zh: '无法通过服务器发信', next: 'check that the server runs and can be reached from here' },
  misconfigured: { zh: '发信设置有误，服务器不接受', next: 'check DUBAN_SMTP_URL, DUBAN_SMTP_CA and DUBAN_MAIL_FROM' },
};

/**
 * Sends one letter; nothing is written to the ledger.
 * @param to an address
 * @throws CliFailure `no-mail-server` where only the embedded catcher is there
 */
export async function sendTestLetter({ config, now }: Session, to: string): Promise<Answer> {
  const { smtpUrl, smtp, dkim } = config.mail;
  if (smtpUrl === null) {
    const en = 'no mail server is set: the embedded catcher sends nothing to anybody';
    throw new CliFailure(1, 'no-mail-server', '没有设置发信服务器，信件只存入内置收信器。', en, {
      next: 'set DUBAN_SMTP_URL',
    });
  }
  const from = mailboxOf(config.mail.from);
  const [options, sign] = [await postOptionsOf(smtp), await signerOf(dkim)];
  const post = createPost(smtpUrl, options);
  try {
    const { host } = new URL(smtpUrl);
    const id = `test.${randomUUID()}@${from.address.slice(from.address.lastIndexOf('@') + 1)}`;
    const bytes = await testLetter({ id, at: now(), from, to });
    const { outcome, answer } = await post.send({ from: from.address, to, bytes: sign ? await sign(bytes) : bytes });
    const ok = outcome === 'handed';
    const { zh, next } = MEANING[outcome];
    const text = `${ok ? '✓' : '✗'} ${host} → ${to}: ${zh}\n    服务器答复: ${answer || '无'}${next ? `\n    下一步: ${next}` : ''}`;
    return {
      json: { ok, server: host, to, outcome, answer, messageId: id, signed: sign !== null, next },
      text,
      exit: ok ? 0 : 1,
    };
  } finally {
    post.close();
  }
}

function testLetter(letter: { id: string; at: string; from: { name: string; address: string }; to: string }) {
  const text = '这是督办系统的测试信，用于检查发信设置。收到即表示信件可以送达，无需回复。';
  return mimeOf(
    {
      messageId: letter.id,
      thread: letter.id,
      datedAt: letter.at,
      from: letter.from,
      to: { name: '', address: letter.to },
      replyTo: null,
      calendar: null,
      language: 'zh-CN',
      subject: '【督办】测试信，无需回复',
    },
    { text: `${text}\n`, html: `<p>${text}</p>` },
  );
}
