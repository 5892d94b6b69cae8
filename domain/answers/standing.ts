/** What has become of an answer that was offered: still open, or over, and why. */
import type { Day } from '../days';
import type { Actor, TaskEvent } from '../events';
import { permits } from '../move-check';
import { MOVES, type MoveRow } from '../moves';
import type { UnitId } from '../plan';
import { sentenceOf } from '../refusals';
import type { Task } from '../task';
import { fullDayText } from '../wording';
import { ANSWERS, type AnswerLink } from './answers';
import { requestOf } from './offers';

/** `open`: it can be given. Else one sentence that says why not. */
export type Standing = { state: 'open' } | { state: 'over'; said: string };

const OPEN: Standing = { state: 'open' };
const over = (said: string): Standing => ({ state: 'over', said });

/** Whether a link on a task still has something to answer. Expiry, revocation and use are the caller's questions. */
export function standingOf(task: Task, link: AnswerLink): Standing {
  const done = doneAlready(task, link);
  if (done) return over(done);
  const { move } = ANSWERS[link.answer];
  if (move === null) return OPEN;
  const row: MoveRow = MOVES[move];
  const actor: Actor = { name: '', role: link.role, unit: link.unit };
  const refusal = permits(task, move, actor, row.as === null ? undefined : link.unit);
  if (!refusal) return OPEN;
  const details = Object.fromEntries(Object.entries(refusal.details).map(([key, value]) => [key, bare(value)]));
  return over(sentenceOf({ ...refusal, details }, 'zh'));
}

/** A unit without its city. */
function bare(name: string): string {
  return name.replace(/^[a-z0-9-]{1,32}:(?=\D)/, '');
}

function doneAlready(task: Task, { answer, unit, of }: AnswerLink): string | null {
  switch (answer) {
    case 'acknowledge': {
      const known = Object.hasOwn(task.acknowledgements, unit) ? task.acknowledgements[unit] : undefined;
      if (!known?.acknowledgedOn) return null;
      return `${bare(unit)}已于${fullDayText(known.acknowledgedOn)}签收${known.handler ? `，经办人${known.handler}` : ''}。`;
    }
    case 'contribution': {
      const asked = task.contributions.find(({ id }) => id === of);
      return asked?.doneOn ? `此配合事项已于${fullDayText(asked.doneOn)}办结。` : null;
    }
    case 'accept':
    case 'return': {
      const version = task.versions.find((one) => String(one.version) === of);
      if (!version || version.outcome === 'waiting') return null;
      const outcomes = { accepted: '审核通过', returned: '退办', superseded: '由新的一版取代' };
      const on = version.decidedOn ? `已于${fullDayText(version.decidedOn)}` : '已';
      return `第${version.version}版佐证材料${on}${outcomes[version.outcome]}。`;
    }
    case 'approve':
    case 'refuse':
      return task.extension && requestOf(task.extension) === of ? null : '这一延期申请已经批复，或已失效。';
    default:
      return null;
  }
}

/**
 * Whether the unit lost its place in the task after the link was made (R30). A unit that comes back later gets new
 * letters; the old ones speak of another charge.
 * @param events of the task, from the first
 */
export function lostPlace(events: readonly TaskEvent[], unit: UnitId, since: number): boolean {
  const answerers = new Map<UnitId, readonly UnitId[]>();
  for (const event of events) {
    if (event.type === 'issued') for (const party of event.parties) answerers.set(party.unit, party.answerers);
    if (event.type === 'partyAdded') answerers.set(event.party.unit, event.party.answerers);
    if (event.type !== 'reassigned') continue;
    const left = answerers.get(event.from) ?? [event.from];
    if (event.seq > since && (event.from === unit || left.includes(unit))) return true;
    answerers.delete(event.from);
    answerers.set(event.to.unit, event.to.answerers);
  }
  return false;
}

/** Whether the link's last day is over. */
export function isExpired({ until }: AnswerLink, today: Day): boolean {
  return today > until;
}
