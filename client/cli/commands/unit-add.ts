/** A new unit of the directory: how a city that nobody has worked with before gets its coordination office. */
import type { Command } from 'commander';
import { unitSchema } from '../../../domain/schemas';
import type { Person } from '../../../domain/unit';
import { addUnit, listUnits } from '../../../ledger/units';
import { refuseTakenNames, unitNamesIn } from '../../drafts/unit-names';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { CliFailure, wrongCall } from '../failure';
import { asCity, asName, asPerson, collect } from '../inputs';
import { authorised } from '../people';
import type { Session } from '../session';
import { unitText } from '../unit-text';

interface Options {
  city: string;
  alias?: string[];
  liaison?: Person;
  head?: Person;
  leader?: Person;
  members?: string[];
}

export function unitAdd(unit: Command): void {
  leaf(
    unit,
    'add <name>',
    'add a unit to a city',
    "unit add 市营商办 --city changsha --liaison '王莉 <wangli@cs.example>' --head '周衡 <zhouheng@cs.example>'",
  )
    .requiredOption('--city <city>', 'the city that it belongs to', asCity)
    .option('--alias <name>', 'another name for it; repeat it for more', collect(asName('别名', 100)))
    .option('--liaison <person>', "the liaison: 'NAME <ADDRESS>'; of a coordination office the coordinator", asPerson)
    .option('--head <person>', "the head; of a coordination office the coordinator's leader", asPerson)
    .option('--leader <person>', 'the leader in charge; of a coordination office the supervisor', asPerson)
    .option('--members <unit...>', 'of a collective: the units that answer for themselves')
    .action(act<Options>((session, args, options) => add(session, argument(args, 0), options)));
}

async function add(session: Session, typed: string, options: Options): Promise<Answer> {
  const { city, alias = [], liaison = null, head = null, leader = null, members } = options;
  const name = typed.normalize('NFC').trim();
  const id = `${city}:${name}`;
  await authorised(session, 'editUnit', { unit: id });
  const db = await session.db();
  const directory = await listUnits(db);
  const taken = directory.find((unit) => unit.id === id);
  if (taken) throw exists(id);
  const checked = unitSchema.safeParse({
    id,
    city,
    name,
    aliases: [...new Set(alias)].filter((other) => other !== name),
    members: members?.map(unitNamesIn(directory, city)) ?? null,
    liaison,
    head,
    leader,
    substitutes: [],
  });
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const ofName = issue?.path[0] === 'id' || issue?.path[0] === 'name';
    const zh = ofName ? '单位名称不能为空，不能含空格、斜线或冒号，最多64字。' : '单位信息有误。';
    throw wrongCall('bad-unit', zh, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const added = await addUnit(db, checked.data, (local) => refuseTakenNames(local, id, [name, ...alias]));
  if (!added) throw exists(id);
  return { json: checked.data, text: `已新增：\n${unitText(checked.data)}` };
}

function exists(id: string): CliFailure {
  return new CliFailure(1, 'unit-exists', `单位目录中已有${id}。`, `the directory has ${id} already`, {
    next: `duban unit edit ${id}`,
  });
}
