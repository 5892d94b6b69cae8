/**
 * Content that is fetched anew when somebody changed what it shows. Where a form in it is being filled, nothing is
 * touched: a quiet line says that there is something newer. Without scripts it is an ordinary part of a page.
 */
import type { ComponentChildren } from 'preact';
import type { SignedIn } from '../session/signed-in';

const WORDS = {
  'zh-CN': { changed: '内容已有新的变化。', show: '查看' },
  en: { changed: 'Somebody changed this.', show: 'Show' },
} as const;

/** htmx reads its settings from here: no styles of its own, and nothing that is evaluated. */
const SETTINGS = '{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true}';

export interface LiveProps {
  signedIn: SignedIn;
  /** What to listen to: a task from the event that the page shows on, a plan, or everything in sight. */
  of: { task: string; seq: number } | { plan: string } | 'everything';
  /** `tell`: only the line, because the content is a form. */
  mode?: 'refresh' | 'tell';
  /** At most one refresh in so many milliseconds, where much happens. */
  everyMs?: number;
  children: ComponentChildren;
}

export function Live({ signedIn, of, mode = 'refresh', everyMs, children }: LiveProps) {
  const said = WORDS[signedIn.language];
  return (
    <>
      <meta name="htmx-config" content={SETTINGS} />
      <script src="/assets/vendor/htmx.min.js" defer />
      <script src="/assets/vendor/sse.min.js" defer />
      <script src="/assets/live.js" defer />
      <div hx-ext="sse" sse-connect={eventsOf(of)} sse-close="end">
        <p class="notice changed" role="status" data-changed hidden>
          {said.changed} <a href={signedIn.url}>{said.show}</a>
        </p>
        <div
          id="live"
          data-live={mode}
          hx-get={signedIn.url}
          hx-trigger={everyMs === undefined ? 'sse:change' : `sse:change throttle:${everyMs}ms`}
          hx-select="#live"
          hx-target="this"
          hx-swap="outerHTML"
        >
          {children}
        </div>
      </div>
    </>
  );
}

function eventsOf(of: LiveProps['of']): string {
  if (of === 'everything') return '/events';
  return `/events?${new URLSearchParams('task' in of ? { task: of.task, seq: String(of.seq) } : { plan: of.plan })}`;
}
