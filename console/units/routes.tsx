/** `/units`: the directory with its gaps, and one unit with who answers for it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  addUnitAs,
  changeUnitAs,
  citiesToAdd,
  feedAddress,
  groundOfUnit,
  type KnownUnit,
  substituteAs,
  unitsInSight,
} from '../../client/directory';
import { Failure, wrongCall } from '../../client/failure';
import { channelUseOf } from '../../domain/channels';
import { text, unitId } from '../../domain/schemas';
import type { Person, Unit } from '../../domain/unit';
import { sealCalendar } from '../../links/calendar-link';
import type { LinkKeys } from '../../links/keys';
import { fieldsIn, filtersIn } from '../pages/query';
import { sendPage } from '../pages/send-page';
import type { SignInParts } from '../session/parts';
import { showOnce, takeShownOnce } from '../session/shown-once';
import { noSuchPage } from '../sorry';
import { type TypedUnit, type UnitFilters, UnitListPage } from './list-page';
import { UnitPage } from './unit-page';

export interface UnitParts extends Pick<SignInParts, 'accounts' | 'baseUrl' | 'now'> {
  keys: LinkKeys;
}

const PAGE = 50;
const filters = { q: text(60), city: text(32), gaps: z.literal('1'), after: text(200) };
interface OfUnit {
  Params: { unit: string };
}

export function unitPages(app: FastifyInstance, parts: UnitParts): void {
  app.get('/units', async (request, reply) => {
    const { gaps, ...rest } = filtersIn(filters, request.query);
    return list(request, reply, { ...rest, gaps: gaps !== undefined });
  });

  app.post('/units', async (request, reply) => {
    const { city = '', name = '' } = fieldsIn(request.body);
    const { desk, language } = request.signedIn;
    try {
      const { id } = await addUnitAs(desk, { city, name: name.normalize('NFC').trim() });
      return await reply.redirect(`/units/${encodeURIComponent(id)}?saved=1`, 303);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const typed = { city, name, said: language === 'en' ? error.en : error.zh };
      return list(request, reply.code(422), { gaps: false }, typed);
    }
  });

  app.get<OfUnit>('/units/:unit', async (request, reply) => {
    const feed = takeShownOnce(parts, request, reply, `/units/${encodeURIComponent(request.params.unit)}`);
    return show(request, reply, feed === null ? {} : { feed });
  });

  app.post<OfUnit>('/units/:unit', (request, reply) =>
    changed(request, reply, async (unit) => {
      const fields = fieldsIn(request.body);
      await changeUnitAs(request.signedIn.desk, unit.id, (before) => edited(before, fields), { seen: fields.seen });
    }),
  );

  app.post<OfUnit>('/units/:unit/substitutes', (request, reply) =>
    changed(request, reply, async (unit) => {
      const { from = '', to = '', name = '', mail = '' } = fieldsIn(request.body);
      const { desk, today } = request.signedIn;
      await substituteAs(desk, unit.id, { from, to, name: name.trim(), mail: mail.trim() }, today);
    }),
  );

  app.post<OfUnit>('/units/:unit/feed', async (request, reply) => {
    const unit = await unitOf(request);
    if (!unit) return noSuchPage(reply);
    const renew = fieldsIn(request.body).renew === '1';
    const serial = await feedAddress(request.signedIn.desk, unit.id, { renew, at: parts.now() });
    const base = parts.baseUrl ?? `${request.protocol}://${request.host}`;
    const address = `${base}/calendar/${sealCalendar(parts.keys, { unit: unit.id, serial })}.ics`;
    const path = `/units/${encodeURIComponent(unit.id)}`;
    showOnce(parts, request, reply, path, address);
    return reply.redirect(path, 303);
  });
}

async function list(
  { signedIn }: FastifyRequest,
  reply: FastifyReply,
  filters: UnitFilters,
  typed: TypedUnit = {},
): Promise<FastifyReply> {
  const page = await unitsInSight(signedIn.desk, { ...filters, limit: PAGE });
  const cities = await citiesToAdd(signedIn.desk);
  return sendPage(
    reply,
    <UnitListPage signedIn={signedIn} page={page} filters={filters} cities={cities} typed={typed} />,
  );
}

async function unitOf({ signedIn, params }: FastifyRequest<OfUnit>): Promise<KnownUnit | null> {
  if (!unitId.safeParse(params.unit).success) return null;
  const { items } = await unitsInSight(signedIn.desk, { id: params.unit, limit: 1 });
  return items[0] ?? null;
}

async function show(
  request: FastifyRequest<OfUnit>,
  reply: FastifyReply,
  more: { feed?: string; said?: string; typed?: Record<string, string> } = {},
): Promise<FastifyReply> {
  const unit = await unitOf(request);
  if (!unit) return noSuchPage(reply);
  const saved = filtersIn({ saved: z.literal('1') }, request.query).saved !== undefined;
  const ground = await groundOfUnit(request.signedIn.desk.desk.db, request.signedIn.user, unit.id);
  return sendPage(reply, <UnitPage signedIn={request.signedIn} unit={unit} ground={ground} saved={saved} {...more} />);
}

/** Does a change and shows the unit after it; what was typed is still there when the answer is no. */
async function changed(
  request: FastifyRequest<OfUnit>,
  reply: FastifyReply,
  change: (unit: Unit) => Promise<void>,
): Promise<FastifyReply> {
  const unit = await unitOf(request);
  if (!unit) return noSuchPage(reply);
  try {
    await change(unit);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const said = request.signedIn.language === 'en' ? error.en : error.zh;
    return show(request, reply.code(error.exit === 4 ? 409 : 422), { said, typed: fieldsIn(request.body) });
  }
  return reply.redirect(`/units/${encodeURIComponent(unit.id)}?saved=1`, 303);
}

function edited(unit: Unit, fields: Record<string, string>): Unit {
  const aliases = (fields.aliases ?? '').split('\n').map((line) => line.normalize('NFC').trim());
  return {
    ...unit,
    liaison: personIn(fields, 'liaison'),
    head: personIn(fields, 'head'),
    leader: personIn(fields, 'leader'),
    aliases: [...new Set(aliases.filter((alias) => alias !== ''))],
    ...(fields.language === 'en' || fields.language === 'zh-CN' ? { language: fields.language } : {}),
  };
}

/** Without a name there is nobody. */
function personIn(fields: Record<string, string>, office: string): Person | null {
  const name = (fields[`${office}Name`] ?? '').trim();
  const mail = (fields[`${office}Mail`] ?? '').trim();
  const order = (fields[`${office}Channels`] ?? '').trim();
  if (name === '') return null;
  const channels = order === '' ? undefined : order.split(/[,，、\s]+/).map(channelIn);
  return { name, mail: mail === '' ? null : mail, ...(channels && { channels }) };
}

function channelIn(typed: string) {
  const use = channelUseOf(typed);
  if (use) return use;
  const shown = typed.slice(0, 60);
  throw wrongCall(
    'bad-channel',
    `“${shown}”不是通道地址，应如wecom:wangli或mail。`,
    `"${shown}" is no address of a channel`,
  );
}
