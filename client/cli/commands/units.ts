/** The directory of units 单位: who answers for each of them, and who stands in. */

import type { Command } from 'commander';
import { LANGUAGES, type Language } from '../../../domain/language';
import { cityOf } from '../../../domain/notices';
import { withSubstitute, wrongDays } from '../../../domain/substitutes';
import type { Office, Person, Unit } from '../../../domain/unit';
import { standstills } from '../../../ledger/tasks';
import { editUnit, listUnits, unitsById } from '../../../ledger/units';
import { checkedUnit, unitsReadBy } from '../../directory';
import { refuseTakenNames, unitNames } from '../../drafts/unit-names';
import { type Answer, act } from '../call';
import { asChannelOrder, type ChannelOrder } from '../channel-orders';
import { argument, group, leaf } from '../command';
import { wrongCall } from '../failure';
import { asCity, asDay, asMail, asName, asOneOf, asPerson, asPersonOrNone, collect } from '../inputs';
import { authorised, readerOf } from '../people';
import type { Session } from '../session';
import { table } from '../table';
import { unitText } from '../unit-text';
import { unitAdd } from './unit-add';
import { unitFeed } from './unit-feed';

interface Edit {
  city?: string;
  liaison?: Person | null;
  head?: Person | null;
  leader?: Person | null;
  alias?: string[];
  dropAlias?: string[];
  members?: string[];
  language?: Language;
  channels?: ChannelOrder[];
}

export function units(program: Command): void {
  const unit = group(program, 'unit', 'the directory of units');

  leaf(unit, 'list', 'every unit', 'unit list --city zhuzhou')
    .option('--city <city>', 'of one city', asCity)
    .action(act<{ city?: string }>((session, _args, { city }) => list(session, city)));

  leaf(unit, 'show <unit>', 'one unit', 'unit show zhuzhou:市税务局')
    .option('--city <city>', 'where a name alone is not enough', asCity)
    .action(act<{ city?: string }>((session, args, { city }) => show(session, argument(args, 0), city)));

  unitAdd(unit);
  unitFeed(unit);

  leaf(
    unit,
    'edit <unit>',
    'change who answers for a unit',
    "unit edit zhuzhou:市税务局 --liaison '王莉 <wangli@tax.example>'",
  )
    .option('--city <city>', 'where a name alone is not enough', asCity)
    .option('--liaison <person>', "the liaison: 'NAME <ADDRESS>', or none", asPersonOrNone)
    .option('--head <person>', 'the head', asPersonOrNone)
    .option('--leader <person>', 'the leader in charge', asPersonOrNone)
    .option('--alias <name>', 'another name for it; repeat it for more', collect(asName('别名', 100)))
    .option('--drop-alias <name>', 'a name it has no more; repeat it for more', collect(asName('别名', 100)))
    .option(
      '--language <language>',
      `of its letters and calendar: ${LANGUAGES.join(' or ')}`,
      asOneOf('language', LANGUAGES),
    )
    .option('--members <unit...>', 'of a collective: the units that answer for themselves')
    .option(
      '--channels <order>',
      'how letters reach a person, in order: liaison=wecom:wangli,mail (or none: by mail); repeat it for head, leader',
      collect(asChannelOrder),
    )
    .action(act<Edit>((session, args, edit) => change(session, argument(args, 0), edit)));

  leaf(
    unit,
    'substitute <unit>',
    'somebody stands in for the liaison, both days included',
    'unit substitute zhuzhou:市税务局 --from 2027-05-10 --to 2027-05-21 --name 李明 --mail liming@tax.example',
  )
    .option('--city <city>', 'where a name alone is not enough', asCity)
    .requiredOption('--from <day>', 'first day', asDay)
    .requiredOption('--to <day>', 'last day', asDay)
    .requiredOption('--name <name>', 'who', (text) => asPerson(text).name)
    .requiredOption('--mail <address>', 'where', asMail)
    .action(
      act<{ city?: string; from: string; to: string; name: string; mail: string }>((session, args, options) =>
        substitute(session, argument(args, 0), options),
      ),
    );
}

async function list(session: Session, city?: string): Promise<Answer> {
  const reader = await readerOf(session);
  const { db } = reader.desk;
  const only = unitsReadBy(reader);
  const [known, still] = [await listUnits(db, city), await standstills(db)];
  const all = known.filter(({ id }) => only?.includes(id) ?? true);
  const text = table(
    ['编号', '联络员', '邮箱', '主要负责人', '分管领导', '成员', '未送达停催'],
    all.map((u) => [
      u.id,
      u.liaison?.name ?? '缺',
      u.liaison?.mail ?? '缺',
      u.head?.name ?? '缺',
      u.leader?.name ?? '缺',
      u.members?.length ?? null,
      still[u.id] ? `${still[u.id]}项` : null,
    ]),
  );
  const json = all.map((u) => ({ ...u, standingStill: still[u.id] ?? 0 }));
  return { json, text: all.length === 0 ? '单位目录是空的。' : text };
}

async function resolved(session: Session, typed: string, city?: string): Promise<string> {
  return (await unitNames(await session.db(), city))(typed);
}

async function show(session: Session, typed: string, city?: string): Promise<Answer> {
  const id = await resolved(session, typed, city);
  const reader = await readerOf(session);
  const { db } = reader.desk;
  const unit = (await unitsById(db, [id])).get(id);
  if (!unit || unitsReadBy(reader)?.includes(id) === false)
    throw wrongCall('unknown-unit', `单位目录中没有${id}。`, `the directory has no unit ${id}`);
  const standingStill = (await standstills(db))[id] ?? 0;
  const still = standingStill > 0 ? `\n  ✗ ${standingStill}项任务因信件未送达，催办停止计时` : '';
  return { json: { ...unit, standingStill }, text: `${unitText(unit)}${still}` };
}

async function change(session: Session, typed: string, edit: Edit): Promise<Answer> {
  const { liaison, head, leader, alias = [], dropAlias = [], members, language, channels = [] } = edit;
  if (
    [liaison, head, leader, members, language, edit.channels].every((v) => v === undefined) &&
    alias.length + dropAlias.length === 0
  ) {
    throw wrongCall('nothing-to-change', '没有要修改的内容。', 'nothing would change: see duban unit edit --help');
  }
  const id = await resolved(session, typed, edit.city);
  await authorised(session, 'editUnit', { unit: id });
  const db = await session.db();
  const city = cityOf(id);
  const name = await unitNames(db, city);
  const memberIds = members?.map(name);
  return edited(session, id, (unit, local) => {
    refuseTakenNames(local, id, alias);
    const people = { liaison, head, leader };
    const held = (office: Office): Person | null => {
      const named = people[office];
      const before = unit[office];
      const person = named === undefined ? before : keepingOrder(named, before);
      return channels.filter((order) => order.office === office).reduce(withOrder, person);
    };
    return {
      ...unit,
      liaison: held('liaison'),
      head: held('head'),
      leader: held('leader'),
      ...(language !== undefined && { language }),
      ...(memberIds && { members: memberIds }),
      aliases: [...new Set([...unit.aliases, ...alias])].filter((known) => !dropAlias.includes(known.trim())),
    };
  });
}

/** Whoever only changes his address keeps his order; another person has one of his own. */
function keepingOrder(named: Person | null, before: Person | null): Person | null {
  const isSame = named !== null && named.name === before?.name;
  return isSame && before.channels ? { ...named, channels: before.channels } : named;
}

function withOrder(person: Person | null, { office, channels }: ChannelOrder): Person {
  if (!person) {
    throw wrongCall('nobody-there', `单位目录中没有${OFFICES[office]}。`, `the directory names no ${office}`, {
      next: `--${office} 'NAME <ADDRESS>'`,
    });
  }
  const { name, mail } = person;
  return channels ? { name, mail, channels } : { name, mail };
}

const OFFICES: Record<Office, string> = { liaison: '联络员', head: '主要负责人', leader: '分管领导' };

async function substitute(
  session: Session,
  typed: string,
  { city, from, to, name, mail }: { city?: string; from: string; to: string; name: string; mail: string },
): Promise<Answer> {
  const wrong = wrongDays({ from, to }, session.today());
  if (wrong === 'reversed') throw wrongCall('days-reversed', `${to}早于${from}。`, `${to} is before ${from}`);
  if (wrong === 'past') throw wrongCall('days-past', `${to}已过。`, `${to} has passed`);
  const id = await resolved(session, typed, city);
  await authorised(session, 'nameSubstitute', { unit: id });
  return edited(session, id, (unit) => withSubstitute(unit, { from, to, name, mail }));
}

async function edited(session: Session, id: string, make: (unit: Unit, city: Unit[]) => Unit): Promise<Answer> {
  const unit = await editUnit(await session.db(), id, (before, local) => checkedUnit(make(before, local)));
  return { json: unit, text: `已更新：\n${unitText(unit)}` };
}
