/** `/calendar`: the working days of a year as months, and the import of a published year with what it would move. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { importCalendarAs } from '../../client/calendar-import';
import { type CalendarPreview, previewCalendar } from '../../client/calendar-preview';
import { groundOfShared } from '../../client/directory';
import { Failure } from '../../client/failure';
import type { CalendarYear } from '../../domain/calendar';
import { loadCalendar } from '../../ledger/calendars';
import { fieldsIn, filtersIn } from '../pages/query';
import { sendPage } from '../pages/send-page';
import { CalendarPage } from './calendar-page';
import { daysTyped } from './typed-days';
import { words } from './words';

const year = z.string().regex(/^20\d\d$/);

export function calendarPages(app: FastifyInstance): void {
  app.get('/calendar', (request, reply) => show(request, reply, {}));

  app.post('/calendar/import', async (request, reply) => {
    const { desk, language } = request.signedIn;
    const fields = fieldsIn(request.body);
    const text = words[language];
    const given = typedYear(fields, language);
    if ('wrong' in given) return show(request, reply.code(422), { said: given.wrong, typed: fields });
    try {
      if (fields.sure !== '1') {
        return await show(request, reply, {
          preview: await previewCalendar(desk, given.year, given.days),
          typed: fields,
        });
      }
      const { changed, told, missing } = await importCalendarAs(desk, given.year, given.days);
      const done = !changed ? text.same : told + missing > 0 ? text.imported(told) : text.goesOn;
      return await show(request, reply, { done, typed: { year: given.year } });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return show(request, reply.code(422), { said: language === 'en' ? error.en : error.zh, typed: fields });
    }
  });
}

interface More {
  said?: string;
  done?: string;
  preview?: CalendarPreview;
  typed?: Record<string, string>;
}

async function show(request: FastifyRequest, reply: FastifyReply, more: More): Promise<FastifyReply> {
  const { signedIn, query } = request;
  const { desk } = signedIn;
  const calendar = await loadCalendar(desk.desk.db);
  const typed = year.safeParse(more.typed?.year).data;
  const asked = typed ?? filtersIn({ year }, query).year ?? signedIn.today.slice(0, 4);
  const mayChange = desk.may('changeCalendar', await groundOfShared(desk.desk.db, desk.user)) === null;
  return sendPage(
    reply,
    <CalendarPage signedIn={signedIn} calendar={calendar} year={asked} mayChange={mayChange} {...more} />,
  );
}

function typedYear(
  fields: Record<string, string>,
  language: 'zh-CN' | 'en',
): { year: string; days: CalendarYear } | { wrong: string } {
  const text = words[language];
  const named = year.safeParse(fields.year);
  if (!named.success) return { wrong: text.badYear };
  const [off, on] = [daysTyped(fields.off ?? ''), daysTyped(fields.on ?? '')];
  if ('wrong' in off) return { wrong: text.badDay(off.wrong) };
  if ('wrong' in on) return { wrong: text.badDay(on.wrong) };
  const status = fields.status === 'provisional' ? 'provisional' : 'confirmed';
  return { year: named.data, days: { status, off: off.days, on: on.days } };
}
