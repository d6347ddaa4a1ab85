// What every page of ours is: one file that needs nothing else, loads nothing, and runs no script but its own.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Content, html, inward, Markup } from './html.ts';

const style = ['base', 'verdicts', 'top', 'findings', 'requirements', 'scenarios', 'narrow', 'print']
  .map((name) => ownFile(`style/${name}.css`))
  .join('');

/** With the line ends that a browser makes of them: the hash of a script is taken of those. */
export function ownFile(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
}

export interface PageParts {
  title: string;
  /** The verdict, and what it is a verdict on. */
  top: Content;
  contents: Content;
  main: Content;
  foot: Content;
  /** Left out: the page has none. */
  script?: string;
}

export function pageOf({ title, top, contents, main, foot, script }: PageParts): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
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

/** Only the page's own script may run, and nothing may be loaded: what others wrote is quoted in it. */
function policy(script: string | undefined): string {
  const hash = script !== undefined && createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src ${hash ? `'sha256-${hash}'` : "'none'"}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function contentsOf(sections: readonly [id: string, name: string][]): Markup {
  return html`<nav aria-label="Parts of this page"><ul>${sections.map(([id, name]) => html`<li>${inward(id, name)}</li>`)}</ul></nav>`;
}
