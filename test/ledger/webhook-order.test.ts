/** Letters of one endpoint leave in order; one that fails holds its own later letters, and nobody else's. */
import { leaseLetters } from '../../ledger/letters/fate';
import { editUnit } from '../../ledger/units';
import { createWebhooks } from '../../mail/channels/webhook';
import { type Asked, type Reply, startVendor, type VendorServer } from '../mail/channels/vendor-server';
import { TASK } from './asker';
import { MailRoom } from './mail-room';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

let server: VendorServer;
let reply: (asked: Asked) => Reply | Promise<Reply>;
let room: MailRoom;
beforeEach(async () => {
  reply = () => ({ status: 204, text: '' });
  server = await startVendor((asked) => reply(asked));
  const endpoint = (name: string) => ({ name, url: `${server.url}/${name}`, secret: SECRET });
  room = await MailRoom.open({ webhook: createWebhooks([endpoint('oa'), endpoint('bus')]) });
});
afterEach(async () => {
  await room.close();
  await server.close();
});

async function by(unit: string, to: string): Promise<void> {
  await editUnit(room.ledger.db, unit, (known) => ({
    ...known,
    liaison: known.liaison && { ...known.liaison, channels: [{ kind: 'webhook', to }, { kind: 'mail' }] },
  }));
}

const idsAt = (path: string) => server.on(path).map(({ headers }) => headers['webhook-id']);
const failing: Reply = { status: 500, json: { error: 'down' } };

test('one after the other, in their order: nobody takes the next one while one is under way', async () => {
  await room.issue(TASK);
  const units = await unitsOfTask();
  for (const unit of units) await by(unit, 'oa/x');
  const slot = await room.at('2020-03-13', '09:00').slot();
  await room.activities.writeLetters(slot);
  const leases = await Promise.all([1, 2, 3].map(() => leaseLetters(room.ledger.db, slot, slot.at, {}, 1)));
  const taken = leases.flat();
  expect(taken).toHaveLength(1);
  // Whoever took it died: when his lease is over, it is the first to go.
  await room.at('2020-03-13', '09:03').activities.sendLetters(slot);
  expect(idsAt('/oa')).toEqual([...idsAt('/oa')].sort());
  expect([idsAt('/oa').length, idsAt('/oa')[0]]).toEqual([units.length, taken[0]?.id]);
});

test('a failing endpoint holds its own letters, not another’s; then they come in order', async () => {
  await room.issue(TASK);
  const [first, second, third] = await unitsOfTask();
  await by(first ?? '', 'oa/first');
  await by(second ?? '', 'oa/second');
  await by(third ?? '', 'bus');
  reply = ({ path }) => (path === '/oa' ? failing : { status: 204, text: '' });
  await room.at('2020-03-13', '09:00').round();
  expect([idsAt('/oa').length, idsAt('/bus').length]).toEqual([1, 1]);
  reply = () => ({ status: 204, text: '' });
  await room.at('2020-03-13', '09:01').activities.sendLetters(await room.slot());
  const [tried, ...then] = idsAt('/oa');
  expect(then).toEqual([...then].sort());
  expect(then[0]).toBe(tried);
  expect(then).toHaveLength(2);
});

test('one that fails is asked again after 1, 2, 4 and 8 minutes, and then its next slot has it', async () => {
  await room.issue(TASK);
  const [first] = await unitsOfTask();
  await by(first ?? '', 'oa/first');
  await editUnit(room.ledger.db, first ?? '', (known) => ({
    ...known,
    liaison: known.liaison && { ...known.liaison, channels: [{ kind: 'webhook', to: 'oa/first' }] },
  }));
  reply = () => failing;
  await room.at('2020-03-13', '09:00').round();
  const slot = await room.slot();
  const minutes: number[] = [];
  for (let minute = 1; minute < 20; minute += 1) {
    const before = idsAt('/oa').length;
    const time = `09:${String(minute).padStart(2, '0')}`;
    await room.at('2020-03-13', time).activities.sendLetters(slot);
    if (idsAt('/oa').length > before) minutes.push(minute);
  }
  expect(minutes).toEqual([1, 3, 7, 15]);
  expect(new Set(idsAt('/oa')).size).toBe(1);
});

test('one that fails for good lets the next ones go, and goes on by mail', async () => {
  await room.issue(TASK);
  const [first, second] = await unitsOfTask();
  await by(first ?? '', 'oa/first');
  await by(second ?? '', 'oa/second');
  let count = 0;
  reply = () => (++count === 1 ? { status: 422, json: { error: 'nobody of that name' } } : { status: 204, text: '' });
  await room.at('2020-03-13', '09:00').round();
  expect(idsAt('/oa')).toHaveLength(2);
  const states = (await room.letters()).filter(({ channel }) => channel === 'webhook').map(({ state }) => state);
  expect(states).toEqual(['handed']);
  expect((await room.letters({ failed: true })).length).toBe(0);
});

/** Whom the task's letters go to. */
async function unitsOfTask(): Promise<string[]> {
  const rows = await room.ledger.db.selectFrom('notices').select('to_unit').distinct().orderBy('to_unit').execute();
  return rows.map(({ to_unit }) => to_unit);
}
