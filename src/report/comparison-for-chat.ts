// What changed between two runs, as a message for a chat. Whoever knows the address of the channel posts it. Texts are plain ones
// in both forms: what a tenant says mentions nobody and links to nothing.
import { oneLine } from '../text/one-line.ts';
import { truncate } from '../text/truncate.ts';
import type { Comparison } from '../verdict/report-types.ts';
import { type ComparisonParts, contentOf, type Item } from './comparison.ts';

/** A message is read on a telephone, and both chats refuse long ones. */
const limits = { items: 8, item: 250, section: 2900, header: 150 };

/** Blocks of Slack: the body of a POST to an incoming webhook. */
export function comparisonForSlack(comparison: Comparison, history?: ReadonlyMap<string, string>): object {
  const content = contentOf(comparison, history);
  const title = headerOf(content);
  return {
    text: title,
    blocks: [
      { type: 'header', text: plain(truncate(title, limits.header)) },
      ...[about(content), ...content.parts.map(sectionOf)].map((lines) => ({
        type: 'section',
        text: plain(truncate(lines.join('\n'), limits.section)),
      })),
    ],
  };
}

function plain(text: string): object {
  return { type: 'plain_text', text, emoji: false };
}

/** An adaptive card in a message: the body of a POST to a workflow of Teams. */
export function comparisonForTeams(comparison: Comparison, history?: ReadonlyMap<string, string>): object {
  const content = contentOf(comparison, history);
  const paragraphs = [about(content), ...content.parts.map(sectionOf)];
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            run([headerOf(content)], { size: 'large', weight: 'bolder' }),
            ...paragraphs.flatMap((lines) => lines.map((line) => run([line]))),
          ],
        },
      },
    ],
  };
}

/** Without Markdown, which a TextBlock would read. */
function run(lines: readonly string[], style: object = {}): object {
  return {
    type: 'RichTextBlock',
    inlines: lines.map((text) => ({ type: 'TextRun', text, ...style })),
  };
}

function headerOf({ headline }: ComparisonParts): string {
  return oneLine(`Agent AI conformance: ${headline}`);
}

function about({ notes, sides }: ComparisonParts): string[] {
  return [...sides, ...notes].map((line) => oneLine(line));
}

function sectionOf({ heading, items }: ComparisonParts['parts'][number]): string[] {
  const more = items.length - limits.items;
  return [
    heading,
    ...items.slice(0, limits.items).map(itemLine),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
}

function itemLine({ id, title, change }: Item): string {
  return `• ${truncate(oneLine(`${id} ${title}: ${change}`), limits.item)}`;
}
