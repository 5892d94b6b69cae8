/** A unit 单位 and the people who answer for it: the directory that letters are addressed from (R9, R10). */
import type { ChannelKind, ChannelUse } from './channels';
import type { Day } from './days';
import type { Language } from './language';
import type { UnitId } from './plan';

/** liaison 联络员, head 主要负责人, leader 分管领导. For the coordination office: coordinator, his leader, the supervisor. */
export type Office = 'liaison' | 'head' | 'leader';

export interface Person {
  name: string;
  mail: string | null;
  /** His order of channels, each at most once; left out: mail alone. Where it does not name mail, no mail is sent. */
  channels?: ChannelUse[];
}

/** Stands in for the liaison from `from` to `to`, both included. */
export interface Substitute {
  from: Day;
  to: Day;
  name: string;
  mail: string;
}

export interface Unit {
  id: UnitId;
  city: string;
  name: string;
  aliases: string[];
  /** A collective such as 各县市区: the units that answer for themselves (R10); null for an ordinary unit. */
  members: UnitId[] | null;
  liaison: Person | null;
  head: Person | null;
  leader: Person | null;
  substitutes: Substitute[];
  /** What its letters and its calendar are written in; zh-CN when left out. */
  language?: Language;
}

export function languageOf(unit: Unit | undefined): Language {
  return unit?.language ?? 'zh-CN';
}

/** The person a letter for this office of the unit goes to on a day: the liaison's substitute in his absence. */
export function personFor(unit: Unit, office: Office, on: Day): Person | null {
  if (office !== 'liaison') return unit[office];
  const substitute = unit.substitutes.find((s) => s.from <= on && on <= s.to);
  return substitute ? { name: substitute.name, mail: substitute.mail } : unit.liaison;
}

/** Where a letter can be sent to. */
export interface Address {
  kind: ChannelKind;
  to: string;
}

/** Every address of a person in his order; empty when there is none. */
export function addressesOf({ mail, channels = [{ kind: 'mail' }] }: Person): Address[] {
  return channels.flatMap((use): Address[] => {
    if (use.kind !== 'mail') return [use];
    return mail === null ? [] : [{ kind: 'mail', to: mail }];
  });
}
