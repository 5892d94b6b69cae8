/** A reminder names cases of the library as it was when the letter was written, and says the same ever after. */
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import type { LibraryContent } from '../../domain/library/entries';
import { linkTask, storeLibrary } from '../../ledger/library';
import benchmarks from '../../seeds/library/benchmarks.json';
import { acknowledge, LEAD, TASK } from './asker';
import { MailRoom } from './mail-room';

jest.setTimeout(30_000);

let room: MailRoom;
beforeEach(async () => {
  room = await MailRoom.open();
  await bring(benchmarks.content as LibraryContent);
});
afterEach(() => room.close());

function bring(content: LibraryContent): Promise<unknown> {
  const { id, name, fileName, digest } = benchmarks;
  const importedAt = '2020-03-01T01:00:00.000Z';
  return storeLibrary(room.ledger.db, { id, name, fileName, digest, content, importedAt, importedBy: '王' });
}

/** What the lead was sent on a day, text and HTML. */
async function sentOn(day: string): Promise<{ text: string; html: string }> {
  await room.at(day, '09:00').round();
  const row = await room.ledger.db
    .selectFrom('letters')
    .select('bytes')
    .where('slot_on', '=', day)
    .where('to_unit', '=', LEAD)
    .where('to_office', '=', 'liaison')
    .executeTakeFirstOrThrow();
  const { text = '', html } = await simpleParser(row.bytes);
  return { text, html: html || '' };
}

test('the reminder of a task names three cases of its indicator, in both forms; issue and slips name none', async () => {
  const [task] = await room.issue(TASK);
  expect((await sentOn('2020-03-13')).text).not.toContain('参考案例');
  await task?.ask(acknowledge('ack'));
  await task?.ring('2020-06-01');
  const { text, html } = await sentOn('2020-06-01');
  // The text is wrapped; a sentence goes on in the next line.
  const cited = /参考案例：.*?》）/.exec(text.replace(/\n +/g, ''))?.[0] ?? '';
  expect(cited.match(/[市区]—/g)).toHaveLength(3);
  expect(cited).toContain(`（《${benchmarks.name}》）`);
  expect(html).toContain(cited);

  // Late now: no reading list.
  await task?.ring('2020-07-01');
  expect((await sentOn('2020-07-01')).text).not.toContain('参考案例');
});

test('written once, it stays as it was; the next letter goes by the library and the link of its day', async () => {
  const [task] = await room.issue(TASK);
  await task?.ask(acknowledge('ack'));
  await task?.ring('2020-06-01');
  const first = await sentOn('2020-06-01');
  await linkTask(room.ledger.db, TASK, {
    indicator: 'benchmarks/14',
    madeAt: '2020-06-02T01:00:00.000Z',
    madeBy: '王',
  });
  await task?.ring('2020-06-15');
  expect((await sentOn('2020-06-15')).text).toContain('北京市—以信息化建设提升审判质效');
  await bring({ ...(benchmarks.content as LibraryContent), cases: [] });
  await task?.ring('2020-06-22');
  expect((await sentOn('2020-06-22')).text).not.toContain('参考案例');
  expect(await sentOn('2020-06-01')).toEqual(first);
});

test.each([
  ['holds what no reader wrote', `UPDATE library_sources SET content = '{"kind":"cases","cases":null}'`],
  ['may not be read', 'ALTER TABLE library_sources RENAME TO gone'],
  ['has no links', 'ALTER TABLE task_links RENAME TO gone'],
])('a library that %s stops no letter', async (_, broken) => {
  const [task] = await room.issue(TASK);
  await task?.ask(acknowledge('ack'));
  await task?.ring('2020-06-01');
  await sql.raw(`RESET ROLE; ${broken}; SET ROLE duban_app`).execute(room.ledger.db);
  expect((await room.at('2020-06-01', '09:00').round()).unwritten).toEqual([]);
  expect(await room.waiting()).toEqual([]);
});
