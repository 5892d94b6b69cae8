/** Pages before the sign-in: one column, one thing to do. */
import type { ComponentChildren } from 'preact';
import { codeAddress, codePicture } from '../../accounts/one-time-code';
import type { Language } from '../../domain/language';
import { Head } from '../pages/head';
import type { Errand } from './stranger';
import { words } from './words';

export interface DoorProps {
  language: Language;
  csrf: string;
  errand: Errand;
  /** The other language of the same page. */
  here: string;
  /** What went wrong. */
  problem: string | null;
}

interface ShellProps {
  language: Language;
  title: string;
  here?: string;
  children: ComponentChildren;
}

function DoorShell({ language, title, here, children }: ShellProps) {
  const said = words[language];
  return (
    <html lang={language}>
      <Head title={`${title} · ${said.product}`} styles={['console', 'account']} />
      <body>
        <header class="bar door-bar">
          <span>{said.product}</span>
          {here && (
            <a href={otherLanguage(here, language)} hrefLang={language === 'en' ? 'zh-CN' : 'en'}>
              {said.other}
            </a>
          )}
        </header>
        <main class="sheet door">
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}

function otherLanguage(here: string, language: Language): string {
  const url = new URL(here, 'http://here');
  url.searchParams.set('language', language === 'en' ? 'zh-CN' : 'en');
  return `${url.pathname}${url.search}`;
}

function Problem({ said }: { said: string | null }) {
  return said === null ? null : (
    <p class="notice bad" role="alert">
      {said}
    </p>
  );
}

function Carried({ csrf, errand }: Pick<DoorProps, 'csrf' | 'errand'>) {
  return (
    <>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="next" value={errand.next} />
      <input type="hidden" name="kept" value={errand.kept} />
    </>
  );
}

interface SignInProps extends DoorProps {
  login: string;
  /** Said above the form: that a session ended, and what became of what was typed. */
  notes: readonly string[];
  provider: { label: string; address: string } | null;
}

export function SignInPage({ language, csrf, errand, here, problem, login, notes, provider }: SignInProps) {
  const said = words[language];
  return (
    <DoorShell language={language} title={said.signIn} here={here}>
      {notes.map((note) => (
        <p key={note} class="notice">
          {note}
        </p>
      ))}
      <Problem said={problem} />
      <form method="post" action="/sign-in">
        <Carried csrf={csrf} errand={errand} />
        <label for="login">{said.login}</label>
        <input
          id="login"
          name="login"
          value={login}
          maxLength={100}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <label for="password">{said.password}</label>
        <input id="password" name="password" type="password" maxLength={256} autocomplete="current-password" required />
        <button type="submit">{said.signIn}</button>
      </form>
      {provider && (
        <p class="door-other">
          <span class="soft">{said.or}</span> <a href={provider.address}>{said.byProvider(provider.label)}</a>
        </p>
      )}
      <p class="soft">{said.showPassword}</p>
    </DoorShell>
  );
}

export function CodePage({ language, csrf, errand, here, problem }: DoorProps) {
  const said = words[language];
  return (
    <DoorShell language={language} title={said.code} here={here}>
      <Problem said={problem} />
      <form method="post" action="/sign-in/code">
        <Carried csrf={csrf} errand={errand} />
        <label for="code">{said.code}</label>
        <input
          id="code"
          name="code"
          maxLength={40}
          autocomplete="one-time-code"
          required
          aria-describedby="code-hint"
        />
        <p class="soft" id="code-hint">
          {said.codeHint}
        </p>
        <button type="submit">{said.go}</button>
      </form>
      <p>
        <a href="/sign-in">{said.again}</a>
      </p>
    </DoorShell>
  );
}

/** The secret of an authenticator, as a picture and as text. */
export function AuthenticatorSecret({
  language,
  login,
  secret,
}: {
  language: Language;
  login: string;
  secret: string;
}) {
  const said = words[language];
  const { size, path } = codePicture(codeAddress(secret, login));
  return (
    <>
      <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={said.picture}>
        <rect width={size} height={size} fill="#ffffff" />
        <path d={path} fill="#000000" />
      </svg>
      <p>
        {said.secret} <code class="secret">{(secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
      </p>
    </>
  );
}

export function SetUpPage({
  language,
  csrf,
  errand,
  here,
  problem,
  login,
  secret,
}: DoorProps & { login: string; secret: string }) {
  const said = words[language];
  return (
    <DoorShell language={language} title={said.setUp} here={here}>
      <Problem said={problem} />
      <p>{said.setUpWhy}</p>
      <AuthenticatorSecret language={language} login={login} secret={secret} />
      <form method="post" action="/sign-in/set-up">
        <Carried csrf={csrf} errand={errand} />
        <label for="code">{said.code}</label>
        <input id="code" name="code" inputMode="numeric" maxLength={10} autocomplete="one-time-code" required />
        <button type="submit">{said.go}</button>
      </form>
    </DoorShell>
  );
}

/** @param next where it goes on */
export function RecoveryPage({
  language,
  codes,
  next,
}: {
  language: Language;
  codes: readonly string[];
  next: string;
}) {
  const said = words[language];
  return (
    <DoorShell language={language} title={said.recovery}>
      <p>{said.recoveryWhy}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <a class="button" href={next}>
          {said.recoveryDone}
        </a>
      </p>
    </DoorShell>
  );
}

interface FirstProps extends Omit<DoorProps, 'errand'> {
  name: string;
  login: string;
  action: string;
}

export function FirstPage({ language, csrf, here, problem, name, login, action }: FirstProps) {
  const said = words[language];
  return (
    <DoorShell language={language} title={said.first} here={here}>
      <p class="title">{said.firstFor(name, login)}</p>
      <Problem said={problem} />
      <form method="post" action={action}>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="username" value={login} autocomplete="username" />
        <NewPasswordFields language={language} />
        <button type="submit">{said.save}</button>
      </form>
    </DoorShell>
  );
}

export function NewPasswordFields({ language }: { language: Language }) {
  const said = words[language];
  return (
    <>
      <label for="new-password">{said.newPassword}</label>
      <input
        id="new-password"
        name="password"
        type="password"
        maxLength={256}
        autocomplete="new-password"
        required
        aria-describedby="password-hint"
      />
      <p class="soft" id="password-hint">
        {said.passwordHint}
      </p>
      <label for="again">{said.againPassword}</label>
      <input id="again" name="again" type="password" maxLength={256} autocomplete="new-password" required />
    </>
  );
}

export function SaidPage({ language, title, said }: { language: Language; title: string; said: string }) {
  return (
    <DoorShell language={language} title={title}>
      <p>{said}</p>
      <p>
        <a href="/sign-in">{words[language].signIn}</a>
      </p>
    </DoorShell>
  );
}
