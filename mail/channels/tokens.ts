/** An access token, fetched when it is first needed, shared by everybody who sends, and renewed before it ends. */
import type { ChatHanding } from './channel';

export interface Token {
  value: string;
  /** As the vendor says it. */
  expiresInSeconds: number;
}

export interface Tokens {
  /** The token, or why there is none. */
  get(): Promise<{ token: string } | ChatHanding>;
  /** The vendor refuses this one: the next `get` fetches another. Refused by several at once, it is fetched once. */
  drop(token: string): void;
  /** What must not be said. */
  present(): string | null;
}

/** A token that ends while a letter is under way would cost it a try. */
const RENEWED_BEFORE_END_MS = 300_000;

/** @param fetchToken asks the vendor; its errors are answers, never thrown */
export function createTokens(
  fetchToken: () => Promise<Token | ChatHanding>,
  now: () => number = () => performance.now(),
): Tokens {
  let held: { token: string; until: number } | null = null;
  let asking: ReturnType<typeof fetchToken> | null = null;

  return {
    async get() {
      if (held && now() < held.until) return { token: held.token };
      asking ??= fetchToken().finally(() => {
        asking = null;
      });
      const got = await asking;
      if (!('value' in got)) return got;
      const livesMs = Math.max(got.expiresInSeconds * 1_000 - RENEWED_BEFORE_END_MS, 0);
      held = { token: got.value, until: now() + livesMs };
      return { token: got.value };
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
    present: () => held?.token ?? null,
  };
}

/** The token was refused, in the vendor's words, and nothing was done. */
export interface Refused {
  renew: string;
}

/** Asks something of a vendor with a token; where the vendor refuses the token, once more with a new one. */
export async function withToken(
  tokens: Tokens,
  ask: (token: string) => Promise<ChatHanding | Refused>,
): Promise<ChatHanding> {
  for (let fresh = false; ; fresh = true) {
    const got = await tokens.get();
    if (!('token' in got)) return got;
    const answer = await ask(got.token);
    if (!('renew' in answer)) return answer;
    tokens.drop(got.token);
    if (fresh) return { outcome: 'misconfigured', answer: `新取得的凭证也被拒绝：${answer.renew}` };
  }
}
