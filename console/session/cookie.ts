/** Cookies of the console: for this server only, out of reach of scripts, and not sent along by other sites' forms. */
import type { CookieSerializeOptions } from '@fastify/cookie';

export interface SessionCookie {
  name: string;
  options: CookieSerializeOptions;
}

/** Of the session. @param baseUrl where people open the console; by HTTPS the browser is held to it */
export function sessionCookie(baseUrl: string | null): SessionCookie {
  return cookieOf('duban', baseUrl);
}

/**
 * `door`: of a browser that is not signed in, so that nobody else sends its forms. `half`: who owes his second factor.
 * `oidc`: what it has to bring back from the identity provider. `language`: what a stranger reads. `once`: what the next page shows this once.
 */
export function doorCookie(
  kind: 'door' | 'half' | 'oidc' | 'language' | 'once',
  baseUrl: string | null,
): SessionCookie {
  return cookieOf(`duban-${kind}`, baseUrl);
}

function cookieOf(name: string, baseUrl: string | null): SessionCookie {
  const secure = baseUrl?.startsWith('https:') === true;
  return {
    // The prefix makes a browser refuse one that another host or an unencrypted page has set.
    name: secure ? `__Host-${name}` : name,
    // Lax: letters and the identity provider lead here from elsewhere.
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
}
