/** What a login may be: lowercase, so that it has one spelling, and nothing that needs escaping anywhere. */
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,63}$/;

export function isLogin(text: string): boolean {
  return LOGIN.test(text);
}
