/** A letter over its addressee's channels: handed on when one fails, told once, and nothing secret in what is kept. */

import { channelFindings } from '../../client/cli/doctor/channel-parts';
import { parseConfig } from '../../config';
import type { ChannelUse } from '../../domain/channels';
import { instantOf } from '../../domain/days';
import { bounceLetter } from '../../ledger/letters/bounce';
import { leaseLetters } from '../../ledger/letters/fate';
import { showLetter } from '../../ledger/letters/list';
import { editUnit } from '../../ledger/units';
import type { Channels } from '../../mail/channels/channel';
import { createWecom } from '../../mail/channels/wecom';
import { type FakeWecom, startWecom, WECOM } from '../mail/channels/fake-wecom';
import { LEAD, OFFICE, TASK } from './asker';
import { MailRoom } from './mail-room';

const SOLO = 'zhuzhou-2020/1-02'; // led by LEAD, no co-unit
const WECOM_THEN_MAIL: ChannelUse[] = [{ kind: 'wecom', to: 'wangli' }, { kind: 'mail' }];

let wecom: FakeWecom;
let channels: Channels;
let room: MailRoom;
beforeEach(async () => {
  wecom = await startWecom();
  channels = { wecom: createWecom({ url: wecom.url, ...WECOM }) };
  room = await MailRoom.open(channels);
  await orders(WECOM_THEN_MAIL);
});
afterEach(async () => {
  await room.close();
  await wecom.close();
});

function orders(uses: ChannelUse[], mail?: string | null): Promise<unknown> {
  return editUnit(room.ledger.db, LEAD, (unit) => {
    if (!unit.liaison) throw new Error('nobody there');
    return { ...unit, liaison: { ...unit.liaison, ...(mail === undefined ? {} : { mail }), channels: uses } };
  });
}

const parcels = async (letter = '') =>
  (await showLetter(room.ledger.db, letter || ((await room.letters({ unit: LEAD }))[0]?.id ?? '')))?.parcels.map(
    ({ channel, state, outcome }) => [channel, state, outcome].filter(Boolean).join(' '),
  );
const problems = async () =>
  (await room.ledger.db.selectFrom('notices').select('text').where('kind', '=', 'deliveryProblem').execute()).map(
    ({ text }) => text,
  );
const mails = () => room.server.seen.length;

test('by WeCom: in the chat, not in the mail, and the tasks hear nothing', async () => {
  await room.issue(SOLO);
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ letters: 1, handed: 1, left: 0 });
  expect(wecom.chats).toMatchObject([{ to: 'wangli', text: expect.stringContaining('1-02') }]);
  expect(mails()).toBe(0);
  expect(await room.letters()).toMatchObject([
    { state: 'handed', channel: 'wecom', address: 'wangli', answer: 'ok m1' },
  ]);
  expect(await parcels()).toEqual(['wecom handed', 'mail waiting']);
  expect([room.fed, await problems()]).toEqual([[], []]);
});

test('a member that WeCom does not know gets the same letter by mail, once, and the coordinator is told why', async () => {
  await room.issue(SOLO);
  wecom.members.clear();
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ letters: 1, handed: 1, left: 0 });
  const [letter, ...others] = await room.letters({ unit: LEAD });
  expect(others).toEqual([]);
  expect(letter).toMatchObject({ state: 'handed', channel: 'mail', address: await room.mailOf(LEAD) });
  expect(await parcels()).toEqual(['wecom failed permanent', 'mail handed']);
  expect(mails()).toBe(1);
  expect((await room.server.read(0)).messageId).toBe(`<${letter?.id}@zhuzhou.example>`);
  expect(await problems()).toEqual([
    '3月13日发给市市场监管局联络员的信件，企业微信（wangli）不能送达：81013 user & party & tag all invalid。已改由邮件送达。请核对单位目录。',
  ]);
  // No failure of the letter: it arrived.
  expect(room.fed).toEqual([]);
  await room.at('2020-03-13', '14:30').round();
  expect(mails()).toBe(2); // the coordinator's own
});

test('both fail: one letter, one failure for each task, one problem with both answers', async () => {
  await room.issue(SOLO, TASK);
  wecom.members.clear();
  const address = await room.mailOf(LEAD);
  room.server.manner = (to) => (to === address ? 'never' : 'take');
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ failed: 2, left: 0 });
  expect(await room.letters({ unit: LEAD })).toMatchObject([{ state: 'failed', channel: 'mail' }]);
  expect(room.fates(SOLO)).toEqual([`failed ${LEAD} 2020-03-13 issue`]);
  expect(await problems()).toEqual([
    expect.stringMatching(
      /各通道均未送达：企业微信（wangli）：81013 .*；邮件（liaison\.shichang.*）：.*550 no such user/,
    ),
  ]);
  await room.at('2020-03-13', '09:05').round('urgent');
  expect(await problems()).toHaveLength(1);
  // The next working day it begins with the first channel again.
  wecom.members.add('wangli');
  await room.at('2020-03-16', '09:00').round();
  expect((await room.letters({ unit: LEAD })).map(({ state, channel }) => `${channel} ${state}`)).toEqual([
    'wecom handed',
    'mail failed',
  ]);
});

test('a busy WeCom is tried for five minutes, then the mail goes in the same round', async () => {
  await room.issue(SOLO);
  const busy = () => ({ json: { errcode: -1, errmsg: 'system busy' } });
  wecom.next = [busy(), busy()];
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ handed: 0, left: 1, retryInSeconds: 60 });
  const slot = await room.slot();
  expect(await room.at('2020-03-13', '09:04').activities.sendLetters(slot)).toMatchObject({ handed: 0, left: 1 });
  expect(mails()).toBe(0);
  // Nobody asks for a minute: it is still to be handed on, so the round goes on.
  expect(await room.at('2020-03-13', '09:05').activities.sendLetters(slot)).toMatchObject({ handed: 1, left: 0 });
  expect([mails(), wecom.chats.length]).toEqual([1, 0]);
  expect(await parcels()).toEqual(['wecom failed temporary', 'mail handed']);
});

test('both busy: superseded as ever, and tried again in the next slot from the first channel on', async () => {
  await room.issue(SOLO);
  wecom.next = Array.from({ length: 2 }, () => ({ json: { errcode: -1, errmsg: 'system busy' } }));
  room.server.manner = () => 'later';
  await room.at('2020-03-13', '09:00').round();
  const slot = await room.slot();
  await room.at('2020-03-13', '09:05').activities.sendLetters(slot);
  expect(await room.at('2020-03-13', '09:24').activities.sendLetters(slot)).toMatchObject({ left: 1 });
  expect(await room.at('2020-03-13', '09:25').activities.sendLetters(slot)).toMatchObject({ left: 0 });
  expect(await room.at('2020-03-13', '14:30').round()).toMatchObject({ letters: 1, closed: { superseded: 1 } });
  expect((await room.letters({ unit: LEAD })).map(({ state }) => state)).toEqual(['waiting', 'superseded']);
  wecom.next = [];
  await room.at('2020-03-13', '14:31').activities.sendLetters(await room.slot());
  expect(wecom.chats).toHaveLength(1);
});

test('taken and not answered: asked again within the slot, told once, and no mail meanwhile', async () => {
  await room.issue(SOLO);
  wecom.next = ['take-and-drop'];
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ unsure: 1, left: 1, retryInSeconds: 60 });

  expect(await room.letters({ unit: LEAD })).toMatchObject([{ state: 'unsure', channel: 'wecom' }]);
  await room.at('2020-03-13', '09:01').activities.sendLetters(await room.slot());
  expect(await room.letters({ unit: LEAD })).toMatchObject([{ state: 'handed', channel: 'wecom' }]);
  expect([wecom.chats.length, mails()]).toEqual([1, 0]);
});

test('a WeCom that answers nobody is left alone for a minute: the mail of others does not wait for each of its letters', async () => {
  const { db } = room.ledger;
  const units = (await db.selectFrom('units').select('id').execute()).map(({ id }) => id);
  for (const id of units) {
    await editUnit(db, id, (unit) =>
      unit.liaison && id !== OFFICE ? { ...unit, liaison: { ...unit.liaison, channels: WECOM_THEN_MAIL } } : unit,
    );
  }
  await room.issue(
    TASK,
    SOLO,
    ...['1-03', '1-04', '1-05', '1-06', '1-07', '1-08', '1-09', '1-10'].map((no) => `zhuzhou-2020/${no}`),
  );
  wecom.next = Array.from({ length: 99 }, () => 'take-and-drop' as const);
  const { letters } = await room.at('2020-03-13', '09:00').round();
  expect(letters).toBeGreaterThan(10);
  expect(wecom.on('/cgi-bin/message/send').length).toBeLessThan(8);
});

test('never answered: after the next working day the next channel has it, and no second letter goes beside it', async () => {
  await room.issue(SOLO);
  wecom.next = Array.from({ length: 9 }, () => 'take-and-drop' as const);
  for (const day of ['2020-03-13', '2020-03-16']) {
    await room.at(day, '09:00').round();
    await room.at(day, '14:30').round();
  }
  expect(mails()).toBe(await othersMails());
  await room.at('2020-03-17', '09:00').round();
  expect((await room.letters({ unit: LEAD })).map(({ state, channel }) => `${channel} ${state}`)).toEqual([
    'mail handed',
  ]);
  expect(await parcels()).toEqual(['wecom failed no-answer', 'mail handed']);
});

/** Of those that told the coordinator. */
async function othersMails(): Promise<number> {
  return (await room.letters({ unit: OFFICE })).filter(({ state }) => state === 'handed').length;
}

test('a sender that dies after the server took it: leased again, and still told once', async () => {
  await room.issue(SOLO);
  const slot = await room.at('2020-03-13', '09:00').slot();
  await room.activities.writeLetters(slot);
  const [leased] = await leaseLetters(room.ledger.db, slot, slot.at, {}, 1);
  await channels.wecom?.send({ letter: leased?.id ?? '', to: 'wangli', body: leased?.body ?? '' });
  expect(await room.at('2020-03-13', '09:01').activities.sendLetters(slot)).toMatchObject({ handed: 0, left: 1 });
  expect(await room.at('2020-03-13', '09:03').activities.sendLetters(slot)).toMatchObject({ handed: 1, left: 0 });
  expect([wecom.chats.length, mails()]).toEqual([1, 0]);
});

test('a sender that dies right after handing on: the mail goes once', async () => {
  await room.issue(SOLO);
  wecom.members.clear();
  room.server.manner = () => 'later';
  await room.at('2020-03-13', '09:00').round();
  expect(await parcels()).toEqual(['wecom failed permanent', 'mail waiting']);
  room.server.manner = () => 'take';
  const slot = await room.slot();
  expect(await leaseLetters(room.ledger.db, slot, instantOf('2020-03-13', '09:01'), {}, 1)).toMatchObject([
    { channel: 'mail', body: null },
  ]);
  await room.at('2020-03-13', '09:04').activities.sendLetters(slot);
  expect([wecom.on('/cgi-bin/message/send').length, (await room.letters({ unit: LEAD }))[0]?.state]).toEqual([
    1,
    'handed',
  ]);
});

test('a wrong secret: everybody’s letters go on by mail at once, WeCom is asked once, the coordinator told once', async () => {
  await room.issue(SOLO, 'zhuzhou-2020/1-04');
  await editUnit(room.ledger.db, 'zhuzhou:市公安局', (unit) => ({
    ...unit,
    liaison: unit.liaison && { ...unit.liaison, channels: [{ kind: 'wecom', to: 'police' }, { kind: 'mail' }] },
  }));
  wecom.secret = 'changed';
  await room.at('2020-03-13', '09:00').round();
  await room.at('2020-03-13', '09:01').activities.sendLetters(await room.slot());
  expect((await room.letters({ unit: LEAD }))[0]).toMatchObject({ state: 'handed', channel: 'mail' });
  const told = await problems();
  expect(told).toEqual([expect.stringMatching(/^3月13日企业微信通道不能使用：40001 .*请告知系统管理员。$/)]);
  const { rows } = await room.ledger.asOwner(
    `SELECT (SELECT jsonb_agg(p) FROM letter_parcels p)::text || (SELECT jsonb_agg(l.answer) FROM letters l)::text
       || (SELECT jsonb_agg(n.text) FROM notices n)::text AS kept`,
  );
  expect(String(rows[0]?.kept)).not.toContain(WECOM.secret);
});

test('somebody with WeCom alone is reachable; without settings for it he is not, and that is said', async () => {
  await room.issue(SOLO);
  await orders([{ kind: 'wecom', to: 'wangli' }], null);
  await room.at('2020-03-13', '09:00').round();
  expect(wecom.chats).toHaveLength(1);
  await room.close();

  room = await MailRoom.open({});
  await room.issue(SOLO);
  await orders([{ kind: 'wecom', to: 'wangli' }], null);
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ letters: 0, undeliverable: 1 });
  expect(await problems()).toEqual([
    '3月13日有1条通知无法送达市市场监管局联络员：收件人的通道均未配置。请补录，并先电话告知。',
  ]);
  await orders(WECOM_THEN_MAIL, 'liaison@zz.example');
  await room.at('2020-03-13', '14:30').round();
  expect((await room.letters({ unit: LEAD }))[0]).toMatchObject({ state: 'handed', channel: 'mail' });
});

test('doctor tells of each channel, with no secret, and of people whose channel is not set up', async () => {
  const settings = (secret: string) =>
    parseConfig({
      DUBAN_WECOM_CORP_ID: WECOM.corpId,
      DUBAN_WECOM_AGENT_ID: String(WECOM.agentId),
      DUBAN_WECOM_SECRET: secret,
      DUBAN_WECOM_URL: wecom.url,
    });
  const session = (config: ReturnType<typeof parseConfig>) => ({ config, db: async () => room.ledger.db });
  expect(await channelFindings(session(settings(WECOM.secret)))).toMatchObject([{ part: '企业微信', state: 'well' }]);
  const wrong = await channelFindings(session(settings('n0t-this-one')));
  expect(wrong).toMatchObject([{ state: 'wrong', said: expect.stringContaining('40001') }]);
  expect(JSON.stringify(wrong)).not.toContain('n0t-this');
  expect(await channelFindings(session(parseConfig({})))).toMatchObject([
    { part: '企业微信', state: 'note', said: '没有配置；单位目录中1人的通道有它，发信时跳过' },
  ]);
  expect(wecom.chats).toEqual([]);
});

test('mail that came back is passed over for a week where there is another channel, and the coordinator is told', async () => {
  await orders([{ kind: 'mail' }, { kind: 'wecom', to: 'wangli' }]);
  await room.issue(SOLO);
  await room.at('2020-03-13', '09:00').round();
  const [first] = await room.letters({ unit: LEAD });
  expect(first).toMatchObject({ state: 'handed', channel: 'mail' });
  const { db } = room.ledger;
  const bounce = {
    messageId: `${first?.id}@zhuzhou.example`,
    recipient: first?.address ?? '',
    said: '5.1.1 no such user',
  };
  expect(await bounceLetter(db, bounce, instantOf('2020-03-13', '11:00'))).toMatchObject({ outcome: 'failed' });

  await room.at('2020-03-16', '09:00').round();
  expect((await room.letters({ unit: LEAD }))[0]).toMatchObject({ state: 'handed', channel: 'wecom' });
  expect(await parcels()).toEqual(['mail failed permanent', 'wecom handed']);
  expect(await problems()).toContain(
    `3月16日发给市市场监管局联络员的信件，邮件（${first?.address}）不能送达：近日退信：5.1.1 no such user。已改由企业微信送达。请核对单位目录。`,
  );
  // Another address is tried at once.
  await orders([{ kind: 'mail' }, { kind: 'wecom', to: 'wangli' }], 'new@zhuzhou.example');
  await room.issue(TASK);
  await room.at('2020-03-17', '09:00').round();
  expect((await room.letters({ unit: LEAD }))[0]).toMatchObject({
    state: 'handed',
    channel: 'mail',
    address: 'new@zhuzhou.example',
  });
});
