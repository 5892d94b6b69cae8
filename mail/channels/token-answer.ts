/** What a vendor's answer to the question for a token means; the same for all that give one. */
import type { Channel, ChatHanding } from './channel';
import { type HttpAnswer, isAnswer, type NoAnswer } from './http';
import type { Refused, Token, Tokens } from './tokens';

/** How a vendor names what stands in its answer; its code is 0 where there is a token. */
export interface TokenNames {
  code: string;
  token: string;
  seconds: string;
}

/** The token, or why there is none. */
export function tokenIn(
  got: HttpAnswer | NoAnswer,
  names: TokenNames,
  judged: (got: HttpAnswer) => ChatHanding | Refused,
): Token | ChatHanding {
  if (!isAnswer(got)) return { outcome: 'unreachable', answer: got.answer };
  const token = got.json?.[names.token];
  if (got.json?.[names.code] === 0 && typeof token === 'string') {
    return { value: token, expiresInSeconds: Number(got.json[names.seconds]) || 0 };
  }
  return withoutToken(judged(got));
}

/** `troubles` of a channel that has one server and lets nobody in without a token. */
export async function tokenTroubles(url: string, tokens: Tokens): ReturnType<Channel['troubles']> {
  const got = await tokens.get();
  return [{ server: new URL(url).host, trouble: 'token' in got ? null : got.answer }];
}

/** Why there is no token: no letter was handed over yet, and no addressee had a part in it. */
function withoutToken(verdict: ChatHanding | Refused): ChatHanding {
  if ('renew' in verdict) return { outcome: 'misconfigured', answer: verdict.renew };
  if (verdict.outcome === 'unsure') return { ...verdict, outcome: 'temporary' };
  return verdict.outcome === 'permanent' ? { ...verdict, outcome: 'misconfigured' } : verdict;
}
