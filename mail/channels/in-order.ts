/** The messages of one letter, one after the other: the letter is handed over when the last one is. */
import type { ChatHanding } from './channel';

/**
 * What is not sent by then is sent with the next try: an attempt ends within 80 s (D20), and the last message may take 62
 * (DingTalk: a token, a refusal, another token, the notice, and twice what became of it).
 */
const NO_NEW_MESSAGE_AFTER_MS = 15_000;

/**
 * @param body the stored list of messages, JSON
 * @param send hands over one of them, as it is stored
 */
export async function inOrder(body: string, send: (message: string) => Promise<ChatHanding>): Promise<ChatHanding> {
  const messages = JSON.parse(body) as unknown[];
  const answers: string[] = [];
  const began = performance.now();
  for (const [i, message] of messages.entries()) {
    if (performance.now() - began > NO_NEW_MESSAGE_AFTER_MS) return { outcome: 'unsure', answer: `只送出前${i}条` };
    const handing = await send(JSON.stringify(message));
    if (handing.outcome !== 'handed') {
      // The addressee has a part of it: it is repeated from its beginning here, and goes to no other channel meanwhile.
      return i === 0 ? handing : { ...handing, outcome: 'unsure', answer: `第${i + 1}条：${handing.answer}` };
    }
    answers.push(handing.answer);
  }
  return { outcome: 'handed', answer: answers.join('；').slice(0, 300) };
}
