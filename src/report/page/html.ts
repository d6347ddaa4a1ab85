// HTML from templates. A value in a placeholder is escaped, unless it is Markup. Placeholders in attributes have to be in
// quotes.

import { escapeHtml } from '../../text/escape-html.ts';

/** Text that is HTML already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | number | undefined | null | false | readonly Content[];

export function html(fixed: TemplateStringsArray, ...placed: readonly Content[]): Markup {
  // Joined at once: a string built by += keeps all of its pieces, and a page has a quarter of a million.
  return new Markup(
    fixed.flatMap((after, index) => (index === 0 ? after : [textOf(placed[index - 1]), after])).join(''),
  );
}

function textOf(content: Content): string {
  if (content === undefined || content === null || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return escapeHtml(String(content));
}

/** A link out of the page if it is http or https; plain text otherwise. */
export function outward(link: string): Content {
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return link;
  return html`<a href="${link}" rel="noreferrer noopener">${link}</a>`;
}

/** A link to an element of the page, by its id. */
export function inward(id: string, text: Content): Markup {
  return html`<a href="#${encodeURI(id)}">${text}</a>`;
}
