/** Servers that are busy, greylist, hang up or are away for hours: nothing lost, nobody told twice but by the same letter. */
import { instantOf } from '../../domain/days';
import { OFFICE } from './asker';
import { MailRoom } from './mail-room';

const TASKS = ['zhuzhou-2020/1-01', 'zhuzhou-2020/1-02', 'zhuzhou-2020/1-03', 'zhuzhou-2020/1-04', 'zhuzhou-2020/1-05'];
const MORE_TASKS = Array.from({ length: 8 }, (_, i) => `zhuzhou-2020/1-${String(i + 6).padStart(2, '0')}`);

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

function messageId(bytes: Buffer): string {
  return /^Message-ID: (.*?)\r?$/im.exec(bytes.toString())?.[1] ?? '';
}

/** Message-IDs by address, of all that the server ever had whole. */
function seen(): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { to, bytes } of room.server.seen) {
    ids.set(to, (ids.get(to) ?? new Set()).add(messageId(bytes)));
  }
  return ids;
}

test.each([10, 2])('421 to one of %i: the others go on, and that one follows', async (every) => {
  await room.issue(...MORE_TASKS);
  let asked = 0;
  let refused = 0;
  room.server.manner = (_to, when) => {
    if (when === 'whole' || ++asked % every !== 0) return 'take';
    refused += 1;
    return 'busy';
  };
  await passes('09:00', 19);
  expect(refused).toBe(Math.floor(asked / every));
  expect(refused).toBeGreaterThan(0);
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
  // Rounds by the clock and by hand go on meanwhile.
  for (const time of ['09:30', '10:00', '10:30', '11:00', '11:30', '12:00']) {
    for (const kind of ['urgent', 'routine'] as const) {
      expect(await room.at('2020-03-13', time).round(kind)).toMatchObject({ letters: 0, handed: 0, left: 0 });
    }
  }
  expect(room.server.seen).toEqual([]);
  expect((await room.letters()).every(({ state }) => state === 'superseded')).toBe(true);
  room.server.manner = () => 'take';
  await passes('14:30', 3);
  await expectAllTold();
  for (const ids of seen().values()) expect(ids.size).toBe(1);
});

test('an addressee gets his letters in the order in which they were written, however the first one fares', async () => {
  const [task] = await room.issue('zhuzhou-2020/1-06');
  room.server.manner = () => 'full';
  await room.at('2020-03-13', '09:00').round();
  const actor = { name: '某', role: 'supervisor', unit: OFFICE } as const;
  await task?.move('urge', '2020-03-13', actor, { move: 'instruct', text: '抓紧。' }, '09:02');
  room.server.manner = () => 'take';
  const urgent = await room.at('2020-03-13', '09:05').round('urgent');
  const both = (await room.letters({ on: '2020-03-13' })).filter(({ round }) => round === 'urgent');
  const waits = both.filter(({ state }) => state === 'waiting').map(({ address }) => address ?? '');
  // Who has no earlier letter has this one already.
  expect(waits.length).toBeGreaterThan(0);
  expect(urgent).toMatchObject({ letters: both.length, handed: both.length - waits.length, left: waits.length });
  await room.at('2020-03-13', '09:06').activities.sendLetters(await room.slot());
  expect(await room.activities.sendLetters(await room.slot('urgent'))).toMatchObject({ handed: waits.length, left: 0 });
  for (const address of waits) {
    const got = room.server.seen.filter(({ to }) => to === address).map(({ bytes }) => messageId(bytes));
    const letters = (await room.letters()).filter((letter) => letter.address === address);
    expect(letters.map(({ round }) => round)).toEqual(['urgent', '09:00']);
    expect(got).toEqual(letters.reverse().map(({ id }) => `<${id}@zhuzhou.example>`));
  }
});
