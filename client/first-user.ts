/** The first user of an installation: where there is none, one coordinator is made, and his link is shown. */
import { type FirstLink, makeFirstLink } from '../accounts/first-link';
import type { Capacity } from '../domain/rights';
import { passwordOf } from '../ledger/accounts/credentials';
import { addUser, listUsers } from '../ledger/accounts/users';
import type { Db } from '../ledger/database';
import { LedgerRefusal } from '../ledger/errors';
import { listPlans } from '../ledger/plans';
import { listUnits } from '../ledger/units';

const LOGIN = 'coordinator';
const BY = '首次启动';

/**
 * Makes the first coordinator, for every coordination office that there is, and a link for him. As long as he has not
 * used it, each start makes a new one.
 * @param now ISO instant
 * @returns null: there are users, or no office that one could belong to
 */
export async function firstUser(db: Db, now: string): Promise<{ login: string; link: FirstLink } | null> {
  const users = await listUsers(db);
  const [only] = users;
  if (only) {
    const isFresh = users.length === 1 && only.createdBy === BY && (await passwordOf(db, only.login)) === null;
    return isFresh ? linked(db, only.login, now) : null;
  }
  const offices = await officesOf(db);
  if (offices.length === 0) return null;
  const capacities = offices.map((unit): Capacity => ({ role: 'coordinator', unit }));
  try {
    await addUser(db, { login: LOGIN, name: '协调员', capacities, language: 'zh-CN', createdAt: now, createdBy: BY });
  } catch (error) {
    // Another process that started at the same moment.
    if (!(error instanceof LedgerRefusal && error.code === 'user-exists')) throw error;
    return null;
  }
  return linked(db, LOGIN, now);
}

async function linked(db: Db, login: string, now: string) {
  return { login, link: await makeFirstLink(db, login, { by: BY, now }) };
}

/** The offices of the plans; before the first plan nobody knows which unit is one, unless only one has the people of an office. */
async function officesOf(db: Db): Promise<string[]> {
  const ofPlans = (await listPlans(db)).map(({ office }) => office);
  if (ofPlans.length > 0) return [...new Set(ofPlans)].sort();
  const units = await listUnits(db);
  const staffed = units.filter(({ liaison, head, leader }) => liaison && head && leader);
  return staffed.length === 1 ? staffed.map(({ id }) => id) : [];
}
