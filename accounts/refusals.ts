/** Every way in which a sign-in or an account says no. None of them tells whether a login exists. */

/** The two sentences of each code; `{name}` is filled from the details. */
export const ACCOUNT_REFUSALS = {
  'wrong-password': ['账号或密码不正确。', 'The login or the password is wrong.'],
  'wrong-own-password': ['当前密码不正确。', 'The current password is wrong.'],
  'wrong-code': ['验证码不正确或已经用过。', 'The code is wrong, or was used already.'],
  'too-many-attempts': [
    '尝试次数过多，请在{minutes}分钟后再试。',
    'Too many attempts. Try again in {minutes} minutes.',
  ],
  busy: ['系统正忙，请稍后再试。', 'The system is busy. Try again in a moment.'],
  'password-short': [
    '密码至少{least}个字符；一句话比一个词好记。',
    'A password has at least {least} characters; a sentence is easy to remember.',
  ],
  'password-long': ['密码最多{most}个字符。', 'A password has at most {most} characters.'],
  'password-unstorable': ['密码含有不能使用的控制字符。', 'The password has control characters, which cannot be used.'],
  'password-breached': [
    '此密码出现在已泄露的密码清单中，请换一个。',
    'This password is on the list of leaked passwords. Choose another.',
  ],
  'password-guessable': [
    '此密码容易被猜到（常见词、姓名、单位、日期、重复或键盘顺序），请加长或换一个。',
    'This password is easy to guess (common words, names, units, dates, repeats, rows of keys). Make it longer, or choose another.',
  ],
  'passwords-differ': ['两次输入的密码不一致。', 'The two passwords differ.'],
  'link-used': [
    '此链接已失效：只能用一次，且有期限。请向协调员索取新链接。',
    'This link counts no more: it works once and ends by itself. Ask a coordinator for a new one.',
  ],
  'unknown-login': ['没有账号“{login}”。', 'There is no user {login}.'],
  'login-taken': ['账号“{login}”已经有了。', 'The login {login} is taken.'],
  'bad-login': [
    '账号由2至64个小写字母、数字、点、下划线、连字符组成，以字母或数字开头。',
    'A login is 2 to 64 lowercase letters, digits, dots, underscores or hyphens, and begins with a letter or digit.',
  ],
  'bad-name': ['姓名不能为空，一行，最多60字。', 'A name is one line of 1 to 60 characters.'],
  'unknown-unit': ['单位目录中没有“{unit}”。', 'The directory has no unit {unit}.'],
  'no-capacity': ['账号至少要有一项职责。', 'A user needs at least one capacity.'],
  'last-coordinator': [
    '这是最后一个可用的协调员账号，不能停用或取消其职责。',
    'This is the last coordinator who can sign in; he stays.',
  ],
  'not-oneself': [
    '不能更改自己的职责，请由其他协调员办理。',
    'Nobody changes his own capacities; another coordinator does.',
  ],
  'own-proof': [
    '自己的密码和动态验证码请在“账号”页更改。',
    'Your own password and second factor are changed on the page Account.',
  ],
  'sign-in-again': [
    '为确认是您本人，请退出后重新登录，并在10分钟内办理。',
    'So that it is certainly you: sign out, sign in again, and do it within ten minutes.',
  ],
  'user-changed': [
    '此账号的职责刚刚被他人更改，没有保存；请核对现在的职责后再办理。',
    'Somebody changed the capacities of this user meanwhile; nothing was saved. Look at them as they are now.',
  ],
  'factor-set-up': [
    '动态验证码刚刚已在另一处设置，此处的不生效；请用已设置的验证器登录。',
    'A second factor was set up elsewhere meanwhile; this one does not count. Sign in with the other.',
  ],
  'second-factor-needed': ['此职责必须使用动态验证码。', 'This capacity needs a second factor.'],
  'no-such-token': ['没有编号为{id}的令牌。', 'There is no token {id}.'],
  'bad-token': [
    '令牌要有名称（最多60字）、至少一项用途，有效期1至366天。',
    'A token has a name of at most 60 characters, one use at least, and lasts 1 to 366 days.',
  ],
  'not-yours': [
    '只能管理本单位范围内的账号；已有主要负责人或督查领导的，由主要负责人或服务器管理员办理。',
    'You manage the users of your own office and city only; where it has a head or a supervisor, a head or the operator does.',
  ],
  'oidc-unknown': [
    '统一认证没有给出可用的职责，请联系协调员。',
    'The identity provider names no capacity for you. Ask a coordinator.',
  ],
  'form-stale': ['页面已失效，请再点一次。', 'The page had gone stale. Send it once more.'],
  'oidc-failed': ['统一认证没有完成，请再试一次。', 'Signing in by the identity provider did not complete. Try again.'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type AccountRefusalCode = keyof typeof ACCOUNT_REFUSALS;

/** The answer is no, and the same call would be refused again. */
export class AccountRefused extends Error {
  override readonly name = 'AccountRefused';
  constructor(
    readonly code: AccountRefusalCode,
    readonly details: Record<string, string> = {},
  ) {
    super(accountSentence(code, details, 'en'));
  }
}

/** The refusal in words. */
export function accountSentence(
  code: AccountRefusalCode,
  details: Record<string, string>,
  language: 'zh-CN' | 'en',
): string {
  const template: string = ACCOUNT_REFUSALS[code][language === 'en' ? 1 : 0];
  return template.replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? '');
}
