/** A browser before its sign-in: keeps cookies, fills the forms that it was shown, follows where it is sent. */
import type { FastifyInstance } from 'fastify';
import { Secret, TOTP } from 'otpauth';

export interface Shown {
  status: number;
  body: string;
  location: string | null;
  /** `Set-Cookie` of this answer. */
  cookies: string[];
}

export class DoorBrowser {
  readonly jar = new Map<string, string>();
  constructor(
    private readonly app: FastifyInstance,
    readonly headers: Record<string, string> = {},
  ) {}

  get(url: string, headers: Record<string, string> = {}): Promise<Shown> {
    return this.ask('GET', url, undefined, headers);
  }

  /** Sends a form with the hidden fields of the page that it stands on. */
  send(page: Shown, action: string, typed: Record<string, string>): Promise<Shown> {
    return this.post(action, { ...hiddenIn(page.body, action), ...typed });
  }

  post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Shown> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.ask('POST', url, new URLSearchParams(fields).toString(), { ...type, ...headers });
  }

  async ask(
    method: 'GET' | 'POST',
    url: string,
    payload?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Shown> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.app.inject({
      method,
      url,
      payload,
      headers: { ...this.headers, ...headers, ...(cookie && { cookie }) },
    });
    for (const { name, value, maxAge, expires } of answer.cookies) {
      const isGone = value === '' || maxAge === 0 || (expires && expires.getTime() < 1_000);
      if (isGone) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    const { location, 'set-cookie': set } = answer.headers;
    return {
      status: answer.statusCode,
      body: answer.body,
      location: location ?? null,
      cookies: Array.isArray(set) ? set : set ? [set] : [],
    };
  }

  /** Password and, where it is asked for, the code of this secret. */
  async signIn(login: string, password: string, code?: string, next = '/'): Promise<Shown> {
    const address = `/sign-in?next=${encodeURIComponent(next)}`;
    const answer = await this.send(await this.get(address), '/sign-in', { login, password });
    if (code === undefined || !answer.location?.startsWith('/sign-in/code')) return answer;
    return this.send(await this.get(answer.location), '/sign-in/code', { code });
  }
}

/** The hidden fields of the form that goes to `action`. */
export function hiddenIn(body: string, action: string): Record<string, string> {
  const start = body.indexOf(`action="${action}"`);
  const form = start < 0 ? '' : body.slice(start, body.indexOf('</form>', start));
  const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value(?:="([^"]*)")?/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

/** The code of an authenticator at an instant. */
export function codeAt(secret: string, now: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({ timestamp: Date.parse(now) });
}
