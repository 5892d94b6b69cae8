/**
 * Content that is fetched anew when somebody changed what it shows. Where a form in it is being filled, nothing is
 * touched: a quiet line says that there is something newer. Without scripts it is an ordinary part of a page.
 */
import type { ComponentChildren } from 'preact';
import type { SignedIn } from '../session/signed-in';
import { taskPath } from '../tasks/addresses';

const WORDS = {
  'zh-CN': {
    changed: '内容已有新的变化。',
    show: '查看',
    ended: '本页不再自动更新。',
    again: '重新打开',
    away: '服务器暂时连接不上，没有提交；填写的内容还在本页，请稍候再提交。',
  },
  en: {
    changed: 'Somebody changed this.',
    show: 'Show',
    ended: 'This page no longer updates by itself.',
    again: 'Open it again',
    away: 'The server cannot be reached, and nothing was sent. What you typed is still here; send it again in a moment.',
  },
} as const;

/** htmx reads its settings from here: no styles of its own, and nothing that is evaluated. */
const SETTINGS = '{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true}';

export interface LiveProps {
  signedIn: SignedIn;
  /** What to listen to: a task, a plan, or everything in sight; what changed since the page was read is told at once. */
  of: { task: string } | { plan: string } | 'everything';
  /** `tell`: only the line, because the content is a form. */
  mode?: 'refresh' | 'tell';
  /** Of a screen that nobody touches: at most one refresh in `leastMs`, and one every `mostSeconds` whatever happens. */
  pace?: { leastMs: number; mostSeconds: number };
  children: ComponentChildren;
}

export function Live({ signedIn, of, mode = 'refresh', pace, children }: LiveProps) {
  const said = WORDS[signedIn.language];
  return (
    <>
      <meta name="htmx-config" content={SETTINGS} />
      <script src="/assets/vendor/htmx.min.js" defer />
      <script src="/assets/live.js" defer />
      <div>
        <p class="notice changed" role="status" data-changed hidden>
          {said.changed}{' '}
          {mode === 'tell' && typeof of === 'object' && 'task' in of ? (
            // What is being typed stays in its window.
            <a href={taskPath(of.task)} target="_blank" rel="noreferrer">
              {said.show}
            </a>
          ) : (
            <a href={signedIn.url}>{said.show}</a>
          )}
        </p>
        <p class="notice changed" role="status" data-ended hidden>
          {said.ended} <a href={signedIn.url}>{said.again}</a>
        </p>
        <p class="notice bad changed" role="alert" data-away hidden>
          {said.away}
        </p>
        <div
          id="live"
          data-live={mode}
          data-events={eventsOf(of, signedIn.snapshot)}
          hx-get={signedIn.url}
          hx-trigger={pace ? `told throttle:${pace.leastMs}ms, every ${pace.mostSeconds}s` : 'told'}
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

function eventsOf(of: LiveProps['of'], seen: string): string {
  return `/events?${new URLSearchParams({ ...(of !== 'everything' && of), seen })}`;
}
