/** The head of a page: how it is read, named and dressed. */
import type { ComponentChildren } from 'preact';

interface HeadProps {
  title: string;
  /** Style sheets in their order, `plan` for /assets/plan.css. */
  styles: readonly string[];
  /** As the device is, unless the page is always dark. */
  scheme?: 'light dark' | 'dark';
  children?: ComponentChildren;
}

export function Head({ title, styles, scheme = 'light dark', children }: HeadProps) {
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content={scheme} />
      {children}
      <title>{title}</title>
      <link rel="icon" href="/assets/icon.svg" />
      {styles.map((name) => (
        <link key={name} rel="stylesheet" href={`/assets/${name}.css`} />
      ))}
    </head>
  );
}
