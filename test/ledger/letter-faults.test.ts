/** Servers that are busy, greylist, hang up or are away for hours: nothing lost, nobody told twice but by the same letter. */
import { instantOf } from '../../domain/days';
import { MailRoom } from './mail-room';

const TASKS = ['zhuzhou-2020/1-01', 'zhuzhou-2020/1-02', 'zhuzhou-2020/1-03', 'zhuzhou-2020/1-04', 'zhuzhou-2020/1-05'];

let room: MailRoom;
beforeEach(async () => {
  room = await MailRoom.open();
  await room.issue(...TASKS);
});
afterEach(() => room.close());

/** Passes of one slot, a minute after each other, until nothing is left to try. */
async function passes(time: string, most: number): Promise<void> {
  const from = Date.parse(instantOf('2020-03-13', time));
  const slot = await room.at('2020-03-13', time).slot();
  await room.activities.writeLetters(slot);
  for (let minute = 0; minute < most; minute += 1) {
    const clock = new Date(from + minute * 60_000 + 8 * 3_600_000).toISOString().slice(11, 16);
    if ((await room.at('2020-03-13', clock).activities.sendLetters(slot)).left === 0) return;
  }
}

/** Every notice is in a letter that was handed over, and no addressee saw two different letters. */
async function expectAllTold(): Promise<void> {
  expect(await room.waiting()).toEqual([]);
  const handed = (await room.letters()).filter(({ state }) => state === 'handed');
  const told = handed.map(({ to, office }) => `${to.unit} ${to.office} ${office}`);
  expect(told.length).toBeGreaterThan(5);
  expect(new Set(told).size).toBe(told.length);
}

/** Message-IDs by address, of all that the server ever had whole. */
function seen(): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { to, bytes } of room.server.seen) {
    const id = /^Message-ID: (.*)$/im.exec(bytes.toString())?.[1] ?? '';
    ids.set(to, (ids.get(to) ?? new Set()).add(id));
  }
  return ids;
}

test('421 to every tenth, or to every second: the others go on, and those follow a minute later', async () => {
  let asked = 0;
  room.server.manner = () => (++asked % 2 === 0 ? 'busy' : 'take');
  await passes('09:00', 19);
  await expectAllTold();
  for (const ids of seen().values()) expect(ids.size).toBe(1);
});

test('a server that greylists each address once takes every letter at the second try', async () => {
  const known = new Set<string>();
  room.server.manner = (to) => {
    if (known.has(to)) return 'take';
    known.add(to);
    return 'full';
  };
  await passes('09:00', 3);
  await expectAllTold();
  expect((await room.letters()).every(({ attempts }) => attempts === 2)).toBe(true);
});

test('a server that takes letters and hangs up before it answers: the same letters again, no others', async () => {
  room.server.manner = () => 'die';
  await passes('09:00', 3);
  room.server.manner = () => 'take';
  await passes('14:30', 3);
  await expectAllTold();
  for (const ids of seen().values()) expect(ids.size).toBe(1);
});

test('a server that is away for three hours: tried for twenty minutes, and the afternoon tells everybody once', async () => {
  room.server.manner = () => 'shut';
  await passes('09:00', 21);
  expect(room.server.seen).toEqual([]);
  room.server.manner = () => 'take';
  await passes('14:30', 3);
  await expectAllTold();
  for (const ids of seen().values()) expect(ids.size).toBe(1);
});
