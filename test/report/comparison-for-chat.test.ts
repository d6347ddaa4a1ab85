// What changed, as a message for Slack and Teams: within their limits, and nothing that a tenant says is obeyed there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonForSlack, comparisonForTeams } from '../../src/report/comparison-for-chat.ts';
import { compareReports } from '../../src/verdict/comparison.ts';
import { sampleFinding, sampleReport, sampleRequirement } from './sample-report.ts';

const hostile = '<!channel> *bold* [here](https://evil.example) <at>all</at> \n second line';

function comparing(count: number, message = hostile) {
  const requirements = (verdict: 'pass' | 'fail') =>
    Array.from({ length: count }, (_, index) =>
      sampleRequirement(
        `REQ-${index}`,
        verdict,
        verdict === 'fail' ? { findings: [sampleFinding({ message })] } : {},
      ),
    );
  return compareReports(
    sampleReport({ requirements: requirements('pass') }),
    sampleReport({ verdict: 'non-conformant', requirements: requirements('fail') }),
  );
}

interface Texts {
  type: string;
  text: string;
}

function slackTexts(count: number, message?: string): Texts[] {
  const { blocks } = comparisonForSlack(comparing(count, message)) as { blocks: { text: Texts }[] };
  return blocks.map(({ text }) => text);
}

test('Slack gets blocks of plain text: a header, the two runs, and what changed', () => {
  const [header, runs, failing] = slackTexts(1);
  assert.equal(header!.text, 'Agent AI conformance: 1 newly failing.');
  assert.match(runs!.text, /^before: .*\nnow: non-conformant, /);
  assert.match(failing!.text, /^1 newly failing\n• REQ-0 the title of REQ-0: was pass, now fail: <!channel>/);
  assert.deepEqual([...new Set(slackTexts(1).map(({ type }) => type))], ['plain_text']);
});

test('Teams gets a card whose texts are no Markdown', () => {
  const message = comparisonForTeams(comparing(1)) as {
    attachments: {
      contentType: string;
      content: { type: string; body: { type: string; inlines: Texts[] }[] };
    }[];
  };
  const [{ contentType, content }] = message.attachments as [(typeof message.attachments)[number]];
  assert.equal(contentType, 'application/vnd.microsoft.card.adaptive');
  assert.deepEqual([...new Set(content.body.map(({ type }) => type))], ['RichTextBlock']);
  const lines = content.body.flatMap(({ inlines }) => inlines.map(({ text }) => text));
  assert.equal(lines[0], 'Agent AI conformance: 1 newly failing.');
  assert.ok(lines.some((line) => line.startsWith('• REQ-0') && line.includes('now fail')));
});

test('a long list is cut, and says so; both stay within what the chats take', () => {
  const texts = slackTexts(40, 'x'.repeat(5000));
  assert.match(texts.at(-1)!.text, /\n… and 32 more$/);
  for (const { text } of texts) assert.ok(text.length <= 3000, `${text.length}`);
  assert.ok(texts[0]!.text.length <= 150);
  const card = JSON.stringify(comparisonForTeams(comparing(40, 'x'.repeat(5000))));
  assert.ok(card.length < 28_000, `${card.length}`);
});
