/** What stands round every page: one column, readable on a telephone, light or dark as the device is. */
import type { ComponentChildren } from 'preact';

export function Shell({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <html lang="zh-CN">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · 督办`}</title>
        <link rel="icon" href="/assets/icon.svg" />
        <link rel="stylesheet" href="/assets/console.css" />
      </head>
      <body>
        <header class="bar">督办</header>
        <main class="sheet">{children}</main>
      </body>
    </html>
  );
}
