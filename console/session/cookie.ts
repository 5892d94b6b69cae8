/** The cookie of a session: for this server only, out of reach of scripts, and not sent along by other sites' forms. */
import type { CookieSerializeOptions } from '@fastify/cookie';

export interface SessionCookie {
  name: string;
  options: CookieSerializeOptions;
}

/** @param baseUrl where people open the console; by HTTPS the browser is held to it */
export function sessionCookie(baseUrl: string | null): SessionCookie {
  const secure = baseUrl?.startsWith('https:') === true;
  return {
    // The prefix makes a browser refuse one that another host or an unencrypted page has set.
    name: secure ? '__Host-duban' : 'duban',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
}
