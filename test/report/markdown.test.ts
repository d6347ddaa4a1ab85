import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformanceMarkdown } from '../../src/report/markdown.ts';
import { compareReports } from '../../src/verdict/comparison.ts';
import type { FindingReport } from '../../src/verdict/report-types.ts';
import {
  sampleExchange,
  sampleFinding,
  sampleObservation,
  sampleReport,
  sampleRequirement,
} from './sample-report.ts';

test('the verdict and the facts come first', () => {
  const lines = conformanceMarkdown(
    sampleReport({ requirements: [sampleRequirement('A', 'fail'), sampleRequirement('B', 'pass')] }),
  ).split('\n');
  assert.match(lines[0]!, /^## ✅ Agent AI conformance: conformant: 1 requirement fails/);
  assert.deepEqual(lines.slice(2, 7), [
    '- **tenant** `https://tenant.example`, bot `st-1`, profile `staging`',
    '- **when** 2026-07-01 03:00 UTC, 1241 requests in 10.0 s',
    '- **scenarios** 288 of 288 ran to their end (all features)',
    '- **coverage** 65 of the 85 requirements that bind the tenant were tested',
    '- **suite** agent-ai-conformance 0.1.0, commit `1234567890ab`, values by seed 1',
  ]);
});

test('a conformant run has no empty sections', () => {
  const markdown = conformanceMarkdown(sampleReport({ requirements: [sampleRequirement('A', 'pass')] }));
  assert.deepEqual(markdown.match(/^#+ .*/gm), [
    '## ✅ Agent AI conformance: conformant',
    '### All requirements',
  ]);
});

test('a finding, with the command that repeats it', () => {
  const requirement = sampleRequirement('HOOKS-RESP-01', 'fail', {
    findings: [
      sampleFinding({ verdict: 'known-deviation', message: 'known already' }),
      sampleFinding(),
      sampleFinding(),
    ],
  });
  assert.ok(
    conformanceMarkdown(sampleReport({ requirements: [requirement] })).includes(
      [
        '#### 1. HOOKS-RESP-01 (must): fail',
        '',
        '- **requirement** the title of HOOKS-RESP-01',
        '- **basis** Stated in Webhook API for Conversation Events',
        '- **finding** success is HTTP 200, the tenant answered 202',
        '- **event** `TRIGGER_SUMMARY_EVENT, 7th of conversation conformance-1`',
        '- **expected** HTTP 200',
        '- **answer** `202 {"STATUS":"QUEUED"}`',
        '- **scenario** `features/hooks/answers.feature:12`',
        '- **and** 1 more of this requirement',
        '',
        '<details><summary>Repeat it with curl</summary>',
        '',
        '```sh',
        `curl -i -X POST 'https://tenant.example/hooks/st-1' -H "token: $TENANT_JWT" --data-raw '{}'`,
        '```',
        '',
        '</details>',
      ].join('\n'),
    ),
  );
});

test('the five worst requirements, and how many more there are', () => {
  const findings = [sampleFinding(), sampleFinding(), sampleFinding()];
  const markdown = conformanceMarkdown(
    sampleReport({
      requirements: [
        sampleRequirement('WARNED', 'warning'),
        sampleRequirement('LOST', 'inconclusive', { reason: 'reset by the tenant, tried 3 times' }),
        sampleRequirement('OPTIONAL', 'fail', { level: 'should' }),
        sampleRequirement('FINE', 'pass'),
        sampleRequirement('MENDED', 'unexpected-pass', { level: 'should' }),
        sampleRequirement('BROKEN', 'fail', { findings }),
        sampleRequirement('BROKEN-TOO', 'fail', { findings }),
        sampleRequirement('WARNED-TOO', 'warning'),
      ],
    }),
  );
  assert.deepEqual(markdown.match(/^#### .*/gm), [
    '#### 1. BROKEN (must): fail',
    '#### 2. BROKEN-TOO (must): fail',
    '#### 3. OPTIONAL (should): fail',
    '#### 4. MENDED (should): unexpected pass',
    '#### 5. LOST (must): inconclusive',
  ]);
  assert.match(markdown, /^- \*\*reason\*\* reset by the tenant, tried 3 times$/m);
  assert.match(markdown, /^… and 2 more, in the table below\.$/m);
});

test('the requirements are folded by area, and open where something is bad', () => {
  const markdown = conformanceMarkdown(
    sampleReport({
      requirements: [
        sampleRequirement('A', 'pass', { area: 'Envelope' }),
        sampleRequirement('B', 'warning', {
          area: 'Envelope',
          findings: [sampleFinding({ verdict: 'warning' })],
        }),
        sampleRequirement('C', 'not-tested', { area: 'Redial', reason: 'no scenario checks it' }),
        sampleRequirement('D', 'inconclusive', { area: 'Redial', reason: 'reset' }),
        sampleRequirement('E', 'pass', { area: 'Envelope' }),
      ],
    }),
  );
  assert.deepEqual(markdown.match(/^<details.*/gm)?.slice(1), [
    '<details><summary>Envelope: ⚠️ 1 warning, ✅ 2 pass</summary>',
    '<details open><summary>Redial: ❓ 1 inconclusive, ➖ 1 not tested</summary>',
  ]);
  assert.match(markdown, /^\| A \| must, stated \| ✅ pass \| the title of A \| {2}\|$/m);
  assert.match(
    markdown,
    /^\| B \| must, stated \| ⚠️ warning \| the title of B \| success is HTTP 200, .* 202 \|$/m,
  );
  assert.match(
    markdown,
    /^\| C \| must, stated \| ➖ not tested \| the title of C \| no scenario checks it \|$/m,
  );
});

test('a known deviation says why it is accepted, and where that is discussed', () => {
  const known = (link: string | null) =>
    conformanceMarkdown(
      sampleReport({
        requirements: [
          sampleRequirement('A', 'known-deviation', {
            findings: [
              sampleFinding({ verdict: 'known-deviation', deviation: { reason: 'fixed in 12.3', link } }),
            ],
          }),
        ],
      }),
    );
  assert.match(
    known('https://tickets.example/42'),
    /\| fixed in 12\.3 <https:\/\/tickets\.example\/42> \|$/m,
  );
  assert.match(known(null), /\| fixed in 12\.3 \|$/m);
  assert.match(known('javascript:alert(1)|'), /\| fixed in 12\.3 javascript:alert\(1\)\\\| \|$/m);
});

test('lost requests have a section of their own', () => {
  const lost = { event: 'COLD entry', failure: 'reset', lost: 12, sent: 12, othersAnswered: 1129 };
  const markdown = conformanceMarkdown(
    sampleReport({
      lostRequests: [{ ...lost, tried: 'Tried 3 times.' }],
      reasons: ['3 of 288 scenarios did not run to their end.'],
    }),
  );
  assert.match(markdown, /^### Why\n\n- 3 of 288 scenarios did not run to their end\.\n\n/m);
  assert.match(markdown, /^### Lost requests\n\n- COLD entry: reset, 12 of 12 times, .* Tried 3 times\.\n/m);
});

test('what has changed since the last run', () => {
  const report = sampleReport({ requirements: [sampleRequirement('A', 'fail')] });
  const comparison = compareReports(sampleReport({ requirements: [sampleRequirement('A', 'pass')] }), report);
  const markdown = conformanceMarkdown({ ...report, comparison });
  assert.match(markdown, /^### Since the last run\n\n\*\*1 newly failing\.\*\*\n/m);
});

test('how the tenant reads the documents, and what it used to answer', () => {
  const markdown = conformanceMarkdown(
    sampleReport({
      observations: [
        sampleObservation(),
        sampleObservation({ ambiguity: 'X-16', answer: '409', was: '200' }),
      ],
    }),
  );
  assert.match(markdown, /^\| X-14 \| What is the body of a success\? \| empty \|$/m);
  assert.match(markdown, /^\| X-16 \| .* \| 409<br>⚠️ used to be: 200 \|$/m);
});

const hostile = [
  'a|b \\| c `code` ```` many ~~gone~~ **bold** _it_ [link](https://evil.example) ![pic](x.png)',
  '# heading\r\n- item',
  '</details><script>alert(1)</script> <img src=x onerror=alert(1)> &lt; @team a@b.example #12 www.evil.example',
  '$a$ :bug: \u001b[31mred\u202e',
].join('\n\n');

test('what a tenant answers is shown as text, wherever it stands', () => {
  const finding: FindingReport = {
    message: hostile,
    expected: hostile,
    actual: hostile,
    scenario: hostile,
    verdict: 'fail',
    deviation: null,
    exchange: sampleExchange({ event: hostile, repeat: hostile }),
  };
  const requirements = [
    sampleRequirement('A', 'fail', { findings: [finding], reason: hostile, title: hostile }),
  ];
  const report = sampleReport({
    requirements,
    reasons: [hostile],
    tenant: { url: hostile, botId: hostile, profile: hostile, embedded: false },
    selection: { whole: false, words: hostile },
    observations: [sampleObservation({ question: hostile, answer: hostile, was: hostile })],
    lostRequests: [{ event: hostile, failure: hostile, lost: 1, sent: 1, othersAnswered: 0, tried: hostile }],
  });
  const comparison = compareReports(sampleReport(), report);
  const markdown = conformanceMarkdown({ ...report, comparison });
  const prose = withoutCode(markdown);
  assert.deepEqual([...new Set(prose.match(/(?<!\\)<[^>]*>/g))].sort(), [
    '</details>',
    '</span>',
    '</summary>',
    '<br>',
    '<details open>',
    '<details>',
    '<span>',
    '<summary>',
  ]);
  assert.doesNotMatch(prose, /(?<!\\)[`~]|(?<!\\)\[/, 'no code, strike-through, link or image of theirs');
  assert.doesNotMatch(prose, /@(?!&#8203;)|#12|:\/\/|www\.|:bug:/, 'no mention, address or emoji of theirs');
  assert.doesNotMatch(prose.replaceAll('<span>$</span>', ''), /\$/, 'no formula');
  assert.doesNotMatch(markdown.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
  for (const row of prose.match(/^\|.*/gm)!) {
    const columns = row.match(/(?<!\\)\|/g)!.length - 1;
    assert.ok(columns === 5 || columns === 3, row);
  }
  assert.doesNotMatch(prose, /^(# heading|- item)/m);
});

/** As GitHub reads it: fences end at as many backticks as they began with, so do code spans. */
function withoutCode(markdown: string): string {
  return markdown
    .replace(/^(`{3,})[^`\n]*\n[\s\S]*?\n\1$/gm, '')
    .replace(/(?<![\\`])(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
}

test('backticks of any length stay within a code span and a fence', () => {
  const ticks = '`'.repeat(5);
  const finding = sampleFinding({
    actual: `${ticks}x`,
    exchange: sampleExchange({ repeat: `curl 'a\n${ticks}\nb'` }),
  });
  const markdown = conformanceMarkdown(
    sampleReport({ requirements: [sampleRequirement('A', 'fail', { findings: [finding] })] }),
  );
  assert.ok(markdown.includes(`- **answer** \`${ticks} ${ticks}x ${ticks}\``), markdown);
  assert.ok(markdown.includes(`\n\`${ticks}sh\ncurl 'a\n${ticks}\nb'\n\`${ticks}\n`), markdown);
});

test('an empty answer is called empty', () => {
  const finding = sampleFinding({ actual: ' \n' });
  const requirements = [sampleRequirement('A', 'fail', { findings: [finding] })];
  assert.match(conformanceMarkdown(sampleReport({ requirements })), /^- \*\*answer\*\* \(empty\)$/m);
});

test('ninety failures with long bodies still fit into a page that GitHub shows', () => {
  assert.ok(sizeWith(`{"text":"${'what a customer said | '.repeat(5_000)}"}`) < 200_000);
  assert.ok(sizeWith('$@'.repeat(50_000)) < 1_000_000, 'even when each character has to be escaped');
});

function sizeWith(body: string): number {
  const exchange = sampleExchange({ event: body, repeat: `curl --data-raw '${body}'` });
  const finding = sampleFinding({ message: body, expected: body, actual: body, exchange });
  const requirements = Array.from({ length: 90 }, (_, index) =>
    sampleRequirement(`HOOKS-REQ-${index}`, 'fail', {
      title: 'success is HTTP 200 with an empty body, OK or a JSON body with STATUS OK',
      findings: Array(40).fill(finding),
      reason: body,
    }),
  );
  const lost = { event: body, failure: 'reset', lost: 1, sent: 1, othersAnswered: 0, tried: body };
  const report = sampleReport({
    requirements,
    reasons: Array(100).fill(body),
    lostRequests: Array(100).fill(lost),
    observations: Array(100).fill(sampleObservation({ answer: body, was: body })),
  });
  const comparison = compareReports(sampleReport(), report);
  return Buffer.byteLength(conformanceMarkdown({ ...report, comparison }));
}

test('what to do next comes before the facts, ready to copy', () => {
  const next = { do: 'Set this in .env, and run again.', copy: 'MAX_REQUESTS_PER_MINUTE=58' };
  const markdown = conformanceMarkdown(sampleReport({ verdict: 'inconclusive', next }));
  assert.match(
    markdown,
    /^### What to do next\n\nSet this in \.env, and run again\.\n\n```text\nMAX_REQUESTS_PER_MINUTE=58\n```\n\n- \*\*tenant/m,
  );
});

test('findings of several kinds are counted by kind, and what binds the sender only is one folded line', () => {
  const findings = ['x is missing', 'y is missing', 'z is empty'].map((message) =>
    sampleFinding({ message }),
  );
  const markdown = conformanceMarkdown(
    sampleReport({
      verdict: 'non-conformant',
      requirements: [
        sampleRequirement('HOOKS-RESP-01', 'fail', { findings }),
        sampleRequirement('HOOKS-SEQ-01', 'not-tested'),
      ],
    }),
  );
  assert.match(markdown, /2 more of this requirement: 2 × … is missing; 1 × … is empty$/m);
  assert.match(markdown, /<summary>1 requirement binds only who sends the events: npm run check judges/);
  assert.doesNotMatch(markdown, /^\| HOOKS-SEQ-01/m);
});
