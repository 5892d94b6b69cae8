/** The address of a unit's calendar: who has it reads the unit's dates, so it is signed, and a newer one replaces it. */
import { z } from 'zod';
import type { UnitId } from '../domain/plan';
import type { LinkKeys } from './keys';
import { openToken, sealToken } from './token';

export interface CalendarLink {
  unit: UnitId;
  /** Only the unit's current one counts. */
  serial: number;
}

const payload = z.tuple([z.string().min(1).max(200), z.int().positive()]);

/** The token of the address, without its ending. */
export function sealCalendar(keys: LinkKeys, { unit, serial }: CalendarLink): string {
  const said: z.infer<typeof payload> = [unit, serial];
  return sealToken(keys, 'calendar', JSON.stringify(said));
}

/** Null for anything that no key of ours signed. */
export function openCalendar(keys: LinkKeys, token: string): CalendarLink | null {
  const said = openToken(keys, 'calendar', token);
  const read = said === null ? null : payload.safeParse(parsed(said));
  return read?.success ? { unit: read.data[0], serial: read.data[1] } : null;
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
}
