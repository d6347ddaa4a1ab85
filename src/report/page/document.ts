// The frame of every page: one file that loads nothing and runs only its own script.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Content, html, inward, Markup } from './html.ts';

const style = [
  'base',
  'verdicts',
  'top',
  'findings',
  'requirements',
  'scenarios',
  'nights',
  'narrow',
  'print',
]
  .map((name) => ownFile(`style/${name}.css`))
  .join('');

/** Browsers normalise line ends before they hash a script, so this does too. */
export function ownFile(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
}

export interface PageParts {
  title: string;
  /** The verdict, and what it applies to. */
  top: Content;
  contents: Content;
  main: Content;
  foot: Content;
  /** undefined when the page has no script. */
  script?: string;
  /** Further rules of style. */
  style?: string;
  /** Whether its script may ask the server that it came from. */
  asksServer?: true;
}

export function pageOf({
  title,
  top,
  contents,
  main,
  foot,
  script,
  style: more = '',
  asksServer,
}: PageParts): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script, asksServer)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style + more)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the findings</a>
${top}
${contents}
<main id="main" tabindex="-1">
${main}
</main>
<footer><p>${foot}</p></footer>
${script !== undefined && html`<script>${new Markup(script)}</script>`}
</body>
</html>
`.text;
}

/** The page quotes what others wrote, so only its own script may run, and nothing may be loaded. */
function policy(script: string | undefined, asksServer = false): string {
  const hash = script !== undefined && createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src ${hash ? `'sha256-${hash}'` : "'none'"}`,
    'img-src data:',
    ...(asksServer ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function contentsOf(sections: readonly [id: string, name: string][]): Markup {
  return html`<nav aria-label="Parts of this page"><ul>${sections.map(([id, name]) => html`<li>${inward(id, name)}</li>`)}</ul></nav>`;
}
