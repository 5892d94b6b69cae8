/** Accounts over a backup: people and their passwords come back, and nothing that opens a door by itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeToken, tokenUser } from '../../accounts/api-tokens';
import { makeFirstLink, ownerOfLink } from '../../accounts/first-link';
import { passwordOf, setPassword } from '../../ledger/accounts/credentials';
import { beginSession, findSession } from '../../ledger/accounts/sessions';
import { addUser, findUser } from '../../ledger/accounts/users';
import { backup } from '../../ledger/backup/backup';
import { restore } from '../../ledger/backup/restore';
import { openDatabase } from '../../ledger/database';
import { createTestDatabase } from '../support/database';
import { emptyLedger } from './test-ledger';

const NOW = '2026-03-02T01:00:00.000Z';

test('users are restored; sessions, links and tokens open nothing', async () => {
  const ledger = await emptyLedger();
  const empty = await createTestDatabase();
  const home = await mkdtemp(join(tmpdir(), 'duban-accounts-'));
  try {
    const { db } = ledger;
    const user = { login: 'wangli', name: '王莉', capacities: [{ role: 'auditor' as const, unit: null }] };
    await addUser(db, { ...user, language: 'en', createdAt: NOW, createdBy: 't' });
    await setPassword(db, 'wangli', '$argon2id$kept');
    const { path } = await makeFirstLink(db, 'wangli', { by: 't', now: NOW });
    const session = await beginSession(db, 'wangli', { address: '::1', userAgent: null }, NOW);
    const { token } = await makeToken(db, user, { name: '报表', scope: ['read'], days: 9, now: NOW });
    expect(await findSession(db, session, NOW)).toMatchObject({ user: { login: 'wangli' } });
    expect(await tokenUser(db, token, NOW, null)).toMatchObject({ user: { login: 'wangli' }, scope: ['read'] });
    await backup(db, join(home, 'evidence'), join(home, 'b.tar.gz'));
    await restore(join(home, 'b.tar.gz'), { url: empty.url, evidence: join(home, 'restored', 'evidence'), now: NOW });
    const restored = openDatabase(empty.url);
    expect(await findUser(restored.db, 'wangli')).toMatchObject(user);
    expect(await passwordOf(restored.db, 'wangli')).toBe('$argon2id$kept');
    expect(await findSession(restored.db, session, NOW)).toBeNull();
    expect(await tokenUser(restored.db, token, NOW, null)).toBeNull();
    await expect(ownerOfLink(restored.db, path.slice('/first/'.length), NOW)).rejects.toMatchObject({
      code: 'link-used',
    });
    await restored.close();
  } finally {
    await ledger.drop();
    await empty.drop();
    await rm(home, { recursive: true });
  }
});
