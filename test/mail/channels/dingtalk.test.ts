/** DingTalk against a server that behaves as its documentation says, errors and limits included. */
import type { Channel } from '../../../mail/channels/channel';
import { createDingtalk } from '../../../mail/channels/dingtalk';
import { DINGTALK, type FakeDingtalk, startDingtalk } from './fake-dingtalk';
import { ask, bodyOf, deliver, letterOfAsks } from './messages';

const to = 'manager4220';
let server: FakeDingtalk;
let dingtalk: Channel;
beforeEach(async () => {
  server = await startDingtalk();
  dingtalk = createDingtalk({ url: server.url, ...DINGTALK }, [0, 0]);
});
afterEach(() => server.close());

test('a member has the work notice, and its fate is asked for', async () => {
  expect(await deliver(dingtalk, { to })).toEqual({ outcome: 'handed', answer: 'task_id 1 已送达' });
  expect(server.chats).toMatchObject([{ to, text: expect.stringContaining('【待办】1-01 实行“全程网上办”') }]);
  expect(server.on('/gettoken')).toHaveLength(1);
});

test('where its fate is not known in a moment, what the vendor accepted counts as handed over', async () => {
  server.slow = true;
  expect(await deliver(dingtalk, { to })).toEqual({ outcome: 'handed', answer: '已受理 task_id 1' });
});

test('accepted, and then nobody: the member is not known', async () => {
  expect(await deliver(dingtalk, { to: 'nobody' })).toEqual({ outcome: 'permanent', answer: 'task_id 1 无效的userid' });
});

test('a token that the vendor ended is renewed once, and the letter goes', async () => {
  await deliver(dingtalk, { to, letter: 'a' });
  server.endTokens();
  expect(await deliver(dingtalk, { to, letter: 'b' })).toMatchObject({ outcome: 'handed' });
  expect(server.on('/gettoken')).toHaveLength(2);
});

test.each([
  [{ errcode: -1, errmsg: '系统繁忙' }, 'temporary', '-1 系统繁忙'],
  [{ errcode: 88, sub_code: '90018', errmsg: 'qps' }, 'temporary', '90018 qps'],
  [{ errcode: 143103, errmsg: 'QPM超限' }, 'temporary', '143103 QPM超限'],
  [{ errcode: 33012, errmsg: '无效的USERID' }, 'permanent', '33012 无效的USERID'],
  [{ errcode: 88, sub_code: '60011', errmsg: '没有权限' }, 'misconfigured', '60011 没有权限'],
  [{ errcode: 60020, errmsg: 'ip' }, 'misconfigured', '60020 ip'],
])('%j is %s', async (json, outcome, answer) => {
  server.next = [{ json }];
  expect(await deliver(dingtalk, { to })).toMatchObject({ outcome, answer });
  expect(server.chats).toEqual([]);
});

test('taken and not answered is unsure; repeated, it is there once and counts as handed over', async () => {
  server.next = ['take-and-drop'];
  expect(await deliver(dingtalk, { to })).toMatchObject({ outcome: 'unsure' });
  expect(await deliver(dingtalk, { to })).toEqual({ outcome: 'handed', answer: 'task_id 2 重复，已送达' });
  expect(server.chats).toHaveLength(1);
});

test('neither secret nor token is in what is stored or said, whatever the vendor repeats', async () => {
  const wrong = createDingtalk({ url: server.url, ...DINGTALK, appSecret: 'wr0ng-s3cret' }, []);
  server.next = [{ json: { errcode: 33012, errmsg: 'see ding-token-1 and dIng-s3cret' } }];
  const said = JSON.stringify([
    bodyOf(dingtalk, { to }),
    await deliver(dingtalk, { to }),
    await wrong.troubles(),
    await deliver(wrong, { to }),
  ]);
  expect(said).toContain('40089');
  expect(said).not.toMatch(/s3cret|ding-token/);
});

test('a long letter is several notices within the limit', async () => {
  const asks = Array.from({ length: 60 }, (_, i) => ask({ no: `1-${i + 10}`, title: '改革任务'.repeat(6) }));
  expect(await deliver(dingtalk, { to, content: letterOfAsks(asks) })).toMatchObject({ outcome: 'handed' });
  expect(server.chats).toHaveLength(4);
  expect(server.chats.at(-1)?.text).toMatch(/另有\d+项未列出/);
});
