/** The address of a unit's calendar, for its own calendar program. */
import type { Command } from 'commander';
import { currentFeed, renewFeed } from '../../../ledger/calendar-feeds';
import { unitsById } from '../../../ledger/units';
import { unitNames } from '../../drafts/unit-names';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { consoleAddress } from '../console-address';
import { wrongCall } from '../failure';
import { asCity } from '../inputs';
import { calendarAddress } from '../later';
import { authorised } from '../people';
import type { Session } from '../session';

interface Options {
  city?: string;
  revoke?: true;
}

export function unitFeed(unit: Command): void {
  leaf(
    unit,
    'feed <unit>',
    'the address under which its calendar program reads its dates',
    'unit feed zhuzhou:市税务局 --revoke',
  )
    .option('--city <city>', 'where a name alone is not enough', asCity)
    .option('--revoke', 'make a new address; those given out before count no more')
    .action(act<Options>((session, args, options) => feed(session, argument(args, 0), options)));
}

async function feed(session: Session, typed: string, { city, revoke }: Options): Promise<Answer> {
  const db = await session.db();
  const unit = (await unitNames(db, city))(typed);
  if (!(await unitsById(db, [unit])).has(unit))
    throw wrongCall('unknown-unit', `单位目录中没有${unit}。`, `the directory has no unit ${unit}`);
  const { name: by } = await authorised(session, 'handOutFeed', { unit });
  const made = { by, at: session.now() };
  const serial = revoke ? await renewFeed(db, unit, made) : await currentFeed(db, unit, made);
  const url = await calendarAddress(session.config, consoleAddress(session.config), { unit, serial });
  const said = revoke ? '已换新地址，此前的地址全部停用：' : '日历订阅地址（谁有此地址，谁就能看到该单位的时限）：';
  return { json: { unit, serial, url }, text: `${said}\n${url}\n停用并更换: duban unit feed ${unit} --revoke` };
}
