/** `/calendar/<token>.ics`: a unit's dates for its own calendar program, which asks again every few hours. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Desk } from '../client';
import { dayOf } from '../domain/days';
import { languageOf } from '../domain/unit';
import { unitCalendar } from '../ledger/calendar-feeds';
import { openCalendar } from '../links/calendar-link';
import type { LinkKeys } from '../links/keys';
import { calendarFile, calendarName } from '../mail/calendar-file';

export interface FeedParts {
  desk: Pick<Desk, 'db'>;
  keys: LinkKeys;
  now: () => string;
  /** Whom letters come from: entries have the same ids and the same organizer as in letters. */
  mailFrom: { name: string; address: string };
}

/** A program may show what it has for so long without asking; a revoked address is answered for at most as long. */
const FRESH_SECONDS = 900;

export function calendarFeed(app: FastifyInstance, { desk, keys, now, mailFrom }: FeedParts): void {
  app.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    const { file } = request.params;
    const link = file.endsWith('.ics') ? openCalendar(keys, file.slice(0, -'.ics'.length)) : null;
    const found = link && (await unitCalendar(desk.db, link.unit, link.serial, dayOf(now())));
    if (!found) {
      // 410: programs stop asking. A token that nobody signed is told nothing.
      const [status, said] = link
        ? [410, '此日历地址已停用，请向协调员索取新地址。 This calendar address was revoked.\n']
        : [404, '没有这个日历。 There is no such calendar.\n'];
      return reply.code(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(said);
    }
    const { unit, dates, plans } = found;
    const body = calendarFile(dates, {
      name: calendarName(unit),
      language: languageOf(unit),
      plans,
      organizer: mailFrom,
      host: mailFrom.address.slice(mailFrom.address.lastIndexOf('@') + 1),
    });
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    // Shared caches keep nothing: the address is the unit's.
    reply.header('etag', tag).header('cache-control', `private, max-age=${FRESH_SECONDS}`);
    if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'inline; filename="duban.ics"')
      .send(body);
  });
}

/** RFC 9110, 13.1.2: weak comparison with any of a list. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}
