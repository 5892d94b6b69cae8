/** What stands round every page: one column, readable on a telephone, light or dark as the device is. */
import type { ComponentChildren } from 'preact';
import { Head } from './head';

export function Shell({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <html lang="zh-CN">
      <Head title={`${title} · 督办`} styles={['console']} />
      <body>
        <header class="bar">督办</header>
        <main class="sheet">{children}</main>
      </body>
    </html>
  );
}
