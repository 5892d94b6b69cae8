/** `/inbox`: mails that a coordinator must see to: place them to a letter, or say what was done. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Failure } from '../../client/failure';
import { inboxOf, matchReplyAs, replyInSight, settleReplyAs } from '../../client/inbox';
import type { Reply } from '../../ledger/replies';
import type { ConsoleParts } from '../app';
import { TAKEN_AWAY } from '../foreign-content';
import { fieldsIn, filtersIn } from '../pages/query';
import { sendFile } from '../pages/send-file';
import { sendPage } from '../pages/send-page';
import { noSuchPage } from '../sorry';
import { InboxPage } from './inbox-page';
import { MailPage } from './mail-page';
import { words } from './words';

interface OfMail {
  Params: { mail: string };
}

export function inboxPages(app: FastifyInstance, { now, evidence }: Pick<ConsoleParts, 'now' | 'evidence'>): void {
  app.get('/inbox', async ({ signedIn, query }, reply) => {
    const all = filtersIn({ all: z.literal('1') }, query).all !== undefined;
    return sendPage(reply, <InboxPage signedIn={signedIn} mails={await inboxOf(signedIn.desk, { all })} all={all} />);
  });

  app.get<OfMail>('/inbox/:mail', async (request, reply) => show(request, reply));

  app.get<OfMail & { Params: { no: string } }>('/inbox/:mail/files/:no', (request, reply) =>
    download(request, reply, ({ files }) => files[Number(request.params.no) - 1]),
  );

  app.get<OfMail>('/inbox/:mail/whole', (request, reply) =>
    download(request, reply, ({ whole, subject }) => whole && { digest: whole, name: `${subject || 'mail'}.eml` }),
  );

  /** What a mail holds, as bytes, for who settles it. */
  async function download(
    request: FastifyRequest<OfMail>,
    reply: FastifyReply,
    of: (mail: Reply) => { digest: string; name: string } | null | undefined | '',
  ): Promise<FastifyReply> {
    const { desk } = request.signedIn;
    const mail = await replyInSight(desk, request.params.mail);
    if (!mail) return noSuchPage(reply);
    desk.authorise('settleReply', mail.office === null ? {} : { office: mail.office });
    const file = of(mail);
    const bytes = file ? await evidence.read(file.digest) : null;
    if (!file || !bytes) return noSuchPage(reply);
    reply.header('content-security-policy', TAKEN_AWAY);
    return sendFile(reply, bytes, { name: file.name, type: 'application/octet-stream' });
  }

  app.post<OfMail>('/inbox/:mail/settle', (request, reply) =>
    seenTo(request, reply, async (mail) => {
      const { how = '', ignore } = fieldsIn(request.body);
      const said = ignore === '1' ? words['zh-CN'].ignore : how;
      await settleReplyAs(request.signedIn.desk, mail, { how: said, at: now() });
    }),
  );

  app.post<OfMail>('/inbox/:mail/match', (request, reply) =>
    seenTo(request, reply, (mail) =>
      matchReplyAs(request.signedIn.desk, mail, (fieldsIn(request.body).letter ?? '').trim()),
    ),
  );
}

async function show(request: FastifyRequest<OfMail>, reply: FastifyReply, said?: string): Promise<FastifyReply> {
  const mail = await replyInSight(request.signedIn.desk, request.params.mail);
  if (!mail) return noSuchPage(reply);
  return sendPage(
    reply,
    <MailPage signedIn={request.signedIn} mail={mail} said={said} typed={fieldsIn(request.body)} />,
  );
}

async function seenTo(
  request: FastifyRequest<OfMail>,
  reply: FastifyReply,
  work: (mail: Reply) => Promise<void>,
): Promise<FastifyReply> {
  const { desk, language } = request.signedIn;
  const mail = await replyInSight(desk, request.params.mail);
  if (!mail) return noSuchPage(reply);
  try {
    await work(mail);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return show(request, reply.code(error.exit === 4 ? 409 : 422), language === 'en' ? error.en : error.zh);
  }
  return reply.redirect(`/inbox/${mail.id}`, 303);
}
