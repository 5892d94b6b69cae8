/** Who manages users on the command line: whoever runs the server, or with `--actor` a user within his own rights. */
import type { User } from '../../domain/rights';
import { listUsers } from '../../ledger/accounts/users';
import type { Manager } from '../manage-users';
import { readerAs } from '../reader';
import { wrongCall } from './failure';
import { shown } from './inputs';
import type { Session } from './session';

/** Throws CliFailure `unknown-person`. */
export async function managerFor(session: Session): Promise<Manager> {
  return readerAs(await session.db(), await userFor(session));
}

async function userFor(session: Session): Promise<User> {
  const { actorName } = session;
  if (actorName === null) return { login: '', name: session.localName(), capacities: 'operator', language: 'zh-CN' };
  const users = await listUsers(await session.db());
  const found = users.find(({ login, disabledAt }) => login === actorName && disabledAt === null);
  if (found) return found;
  throw wrongCall(
    'unknown-person',
    `没有账号“${shown(actorName)}”。`,
    `there is no user with the login "${shown(actorName)}"`,
    { next: 'duban user list, or leave --actor out' },
  );
}
