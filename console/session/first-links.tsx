/** `/first/<link>`: opening shows whose it is; the form sets the password, and the link is used up. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ownerOfLink } from '../../accounts/first-link';
import { setFirstPassword } from '../../accounts/first-password';
import { AccountRefused, accountSentence } from '../../accounts/refusals';
import { sendPage } from '../pages/send-page';
import { DOOR_LIMIT, statusOf } from './by-password';
import { FirstPage, SaidPage } from './door-pages';
import { proceed } from './enter';
import type { SignInParts } from './parts';
import { doorToken, errandOf, isDoorForm, languageOf } from './stranger';
import { words } from './words';

interface Linked {
  Params: { token: string };
}

const typedSchema = z.object({
  password: z.string().max(10_000).catch(''),
  again: z.string().max(10_000).catch(''),
  csrf: z.string().max(200).catch(''),
});

export function firstLinks(app: FastifyInstance, parts: SignInParts): void {
  const { desk, baseUrl, now } = parts;

  app.get<Linked>('/first/:token', { config: DOOR_LIMIT }, (request, reply) => page(request, reply, null));

  app.post<Linked>('/first/:token', { config: DOOR_LIMIT }, async (request, reply) => {
    const { password, again, csrf } = typedSchema.parse(request.body ?? {});
    try {
      if (!isDoorForm(request, csrf, baseUrl)) throw new AccountRefused('form-stale');
      const secret = request.params.token;
      const login = await setFirstPassword(desk.db, { secret, password, again, now: now() });
      request.log.info({ login }, 'password set by a one-time link');
      return await proceed(parts, request, reply, { login, errand: errandOf({}), by: 'link' });
    } catch (error) {
      if (!(error instanceof AccountRefused)) throw error;
      return page(request, reply, error);
    }
  });

  /** The form, or that there is none any more. */
  async function page(
    request: FastifyRequest<Linked>,
    reply: FastifyReply,
    refused: AccountRefused | null,
  ): Promise<FastifyReply> {
    const language = languageOf(request, reply, baseUrl);
    try {
      const { login, name } = await ownerOfLink(desk.db, request.params.token, now());
      const problem = refused && accountSentence(refused.code, refused.details, language);
      // The address without what may have been added to it.
      const action = `/first/${encodeURIComponent(request.params.token)}`;
      const csrf = doorToken(request, reply, baseUrl);
      const props = { language, csrf, here: action, action, problem, name, login };
      return sendPage(refused ? reply.code(statusOf(refused)) : reply, <FirstPage {...props} />);
    } catch (error) {
      if (!(error instanceof AccountRefused)) throw error;
      const said = accountSentence(error.code, error.details, language);
      return sendPage(reply.code(410), <SaidPage language={language} title={words[language].linkUsed} said={said} />);
    }
  }
}
