/** What stands round every page of who is signed in: navigation by capacities, who he is, and the content. */
import type { ComponentChildren } from 'preact';
import { instantText } from '../../domain/wording';
import type { SignedIn } from '../session/signed-in';
import { ActForm } from './form-parts';
import { Head } from './head';
import { navigation } from './navigation';
import { words } from './page-words';

export interface PageProps {
  signedIn: SignedIn;
  title: string;
  /** Own style sheets of the feature, `plan` for /assets/plan.css. */
  styles?: readonly string[];
  /** For tables: the whole width of the window. */
  wide?: boolean;
  children: ComponentChildren;
}

export function Page({ signedIn, title, styles = [], wide = false, children }: PageProps) {
  const { language, user, url, csrf, lettersStuckSince } = signedIn;
  const said = words[language];
  const path = url.split('?')[0] ?? '';
  return (
    <html lang={language}>
      <Head title={`${title} · ${said.product}`} styles={['console', 'desk', ...styles]} />
      <body>
        <a class="skip" href="#content">
          {said.skip}
        </a>
        <header class="top">
          <a class="product" href="/">
            {said.product}
          </a>
          <nav aria-label={said.navigation}>
            {navigation(user, language).map(({ href, label }) => (
              <a key={href} href={href} aria-current={isWithin(path, href) ? 'page' : undefined}>
                {label}
              </a>
            ))}
          </nav>
          <div class="who">
            <a href="/account">{user.name}</a>
            <form method="post" action="/account/language">
              <input type="hidden" name="csrf" value={csrf} />
              <input type="hidden" name="language" value={language === 'en' ? 'zh-CN' : 'en'} />
              <input type="hidden" name="back" value={url} />
              <button type="submit" class="quiet" lang={language === 'en' ? 'zh-CN' : 'en'}>
                {said.otherLanguage}
              </button>
            </form>
            <ActForm signedIn={signedIn} action="/sign-out" label={said.signOut} />
          </div>
        </header>
        <main id="content" class={wide ? 'desk wide' : 'desk'}>
          {lettersStuckSince !== null && (
            <p class="notice bad" role="alert">
              {said.stuck(instantText(lettersStuckSince, language))}
              <a href="/letters?failed=1">{said.stuckNext}</a>
            </p>
          )}
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}

function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
