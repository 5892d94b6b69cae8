/** What a page says about the task behind a link, in the words that people read. */

import type { Desk } from '../../client';
import { ANSWERS } from '../../domain/answers/answers';
import { isProvisional } from '../../domain/calendar';
import { type Day, dayOf } from '../../domain/days';
import { nameOf } from '../../domain/notices';
import type { EvidenceItem } from '../../domain/task';
import { numberOf } from '../../domain/task-ids';
import { dayText, fullDayText, leftText } from '../../domain/wording';
import { loadCalendar } from '../../ledger/calendars';
import { planRow } from '../../ledger/plans';
import { lightOn } from '../../ledger/tasks';
import { unitsById } from '../../ledger/units';
import type { Visit } from './visit';

export interface Facts {
  /** 签收. */
  label: string;
  /** `1-07 压缩办税时间`, or the plan's title. */
  title: string;
  plan: string;
  unit: string;
  /** Whom the letter went to. */
  person: string;
  due: string | null;
  light: { colour: string; reason: string } | null;
  /** Sentences on what is asked: the request, the contribution, the version. */
  asked: string[];
  /** What the version under review holds, or what was collected so far. */
  evidence: EvidenceItem[];
  today: Day;
}

export async function factsOf({ db }: Desk, { link, letter, task }: Visit, now: string): Promise<Facts> {
  const today = dayOf(now);
  const planId = task ? task.plan : link.about;
  const calendar = await loadCalendar(db);
  const [plan, light, units] = await Promise.all([
    planRow(db, planId),
    task && lightOn(db, task, calendar, today),
    unitsById(db, [link.unit]),
  ]);
  const due = task?.dueOn ?? null;
  return {
    label: ANSWERS[link.answer].label,
    title: task ? `${numberOf(task.id)} ${task.title}` : plan.title,
    plan: plan.title,
    unit: units.get(link.unit)?.name ?? nameOf(link.unit),
    person: letter.person ?? '',
    due:
      due &&
      `${dayText(due, today)}${isProvisional(calendar, due) ? '（暂定）' : ''}，${leftText(calendar, today, due)}`,
    light,
    asked: askedOf(link, task),
    evidence: evidenceOf(link, task),
    today,
  };
}

function askedOf({ answer, of }: Visit['link'], task: Visit['task']): string[] {
  if (!task) return [];
  if (answer === 'contribution') {
    const asked = task.contributions.find(({ id }) => id === of);
    return asked ? [`${nameOf(asked.lead)}请你单位配合：${asked.text}（${fullDayText(asked.dueOn)}前）`] : [];
  }
  if ((answer === 'approve' || answer === 'refuse') && task.extension) {
    const { unit, to, reason, progress } = task.extension;
    return [`${nameOf(unit)}申请延期至${fullDayText(to)}`, `理由：${reason}`, `进展：${progress}`];
  }
  const version = task.versions.find((one) => String(one.version) === of);
  if ((answer === 'accept' || answer === 'return') && version)
    return [`${nameOf(version.unit)}于${fullDayText(version.receivedOn)}报送第${version.version}版佐证材料。`];
  return answer === 'ready' && task.readyOn
    ? [`申报具备条件后，办理时限为${fullDayText(task.readyOn)}。`]
    : answer === 'notReady' && task.notReadyOn
      ? [`申报暂不具备条件后，办理时限为${fullDayText(task.notReadyOn)}，须写明创造条件的措施。`]
      : [];
}

function evidenceOf({ answer, of }: Visit['link'], task: Visit['task']): EvidenceItem[] {
  if (!task) return [];
  if (answer === 'evidence') return task.evidence;
  if (answer !== 'accept' && answer !== 'return') return [];
  const items = task.versions.find((one) => String(one.version) === of)?.items ?? [];
  return task.evidence.filter(({ id }) => items.includes(id));
}
