/**
 * DingTalk as its documentation describes it: work notices are queued and their fate is asked for; a refused token comes
 * as errcode 88 with the real code beside it; the same words to the same person arrive once a day.
 */
import { type Asked, type Reply, startVendor, type VendorServer } from './vendor-server';

export const DINGTALK = { appKey: 'dingkey', appSecret: 'dIng-s3cret', agentId: 4242 };

export interface FakeDingtalk extends VendorServer {
  members: Set<string>;
  chats: { to: string; text: string }[];
  next: (Reply | 'take-and-drop')[];
  /** Fates are not known yet. */
  slow: boolean;
  endTokens(): void;
}

export async function startDingtalk(members: string[] = ['manager4220']): Promise<FakeDingtalk> {
  let issued = 0;
  let valid = '';
  const tasks: { to: string; forbidden: string | null }[] = [];
  const seen = new Set<string>();

  const refused = (asked: Asked): Reply | null =>
    asked.query.get('access_token') === valid
      ? null
      : {
          json: {
            errcode: 88,
            sub_code: '40014',
            sub_msg: '不合法的access_token',
            errmsg: `ding talk error[subcode=40014,submsg=access_token=${asked.query.get('access_token')}]`,
          },
        };

  const server = await startVendor((asked): Reply => {
    if (asked.path === '/gettoken') {
      if (asked.query.get('appsecret') !== DINGTALK.appSecret) {
        return { json: { errcode: 40089, errmsg: `不合法的corpid或corpsecret ${asked.query.get('appsecret')}` } };
      }
      issued += 1;
      valid = `ding-token-${issued}`;
      return { json: { errcode: 0, errmsg: 'ok', access_token: valid, expires_in: 7200 } };
    }
    const no = refused(asked);
    if (no) return no;
    if (asked.path.endsWith('/getsendresult')) {
      const task = tasks[Number(asked.json?.task_id) - 1];
      const empty = { errcode: 0, send_result: { invalid_user_id_list: [], unread_user_id_list: [] } };
      if (!task || fake.slow) return { json: empty };
      const send_result = !fake.members.has(task.to)
        ? { invalid_user_id_list: [task.to] }
        : task.forbidden
          ? { forbidden_list: [{ code: task.forbidden, count: 1, userid: task.to }] }
          : { unread_user_id_list: [task.to] };
      return { json: { errcode: 0, send_result } };
    }
    if (!asked.path.endsWith('/asyncsend_v2')) return { status: 404, text: 'not found' };
    const next = fake.next.shift();
    if (next && next !== 'take-and-drop') return next;
    const { msg, userid_list, agent_id } = asked.json ?? {};
    if (agent_id !== DINGTALK.agentId) return { json: { errcode: 70003, errmsg: 'agentid对应微应用不存在' } };
    if (Buffer.byteLength(JSON.stringify(msg)) > 2048)
      return { json: { errcode: 45002, errmsg: '消息内容大小超过限制' } };
    const to = String(userid_list);
    const text = (msg as { text: { content: string } }).text.content;
    const again = seen.has(asked.text);
    seen.add(asked.text);
    tasks.push({ to, forbidden: again ? '143106' : null });
    if (!again && fake.members.has(to)) fake.chats.push({ to, text });
    return next === 'take-and-drop' ? 'drop' : { json: { errcode: 0, errmsg: 'ok', task_id: tasks.length } };
  });
  const fake: FakeDingtalk = {
    ...server,
    members: new Set(members),
    chats: [],
    next: [],
    slow: false,
    endTokens: () => {
      valid = '';
    },
  };
  return fake;
}
