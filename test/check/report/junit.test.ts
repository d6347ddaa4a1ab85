// A check for CI.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catalogue, requirement } from '../../../src/protocol/catalogue.ts';
import { xmlProblem } from '../../run/xml.ts';
import { brokenRule, conformant, hostile, summary, totals, written } from '../fixtures.ts';

/** The XML of one test case. */
function caseNamed(start: string, xml: string): string {
  assert.equal(xmlProblem(xml), undefined);
  const found = xml.match(/<testcase[\s\S]*?<\/testcase>/g)!.filter((one) => one.includes(` name="${start}`));
  assert.equal(found.length, 1, start);
  return found[0]!;
}

const figuresOf = (xml: string) => /^<testsuites [^>]*?(tests=.*?) time/m.exec(xml)?.[1];
const senders = catalogue.filter(({ binds }) => binds !== 'tenant');

suite('A check as JUnit', () => {
  test('has a case for each requirement that binds the sender, by area, and one for the log', async () => {
    const xml = await written('junit', conformant());
    const names = [...xml.matchAll(/<testcase classname="([^"]*)" name="([\w-]+)/g)].map(([, area, id]) => [
      area,
      id,
    ]);
    assert.deepEqual(names.map(([, id]) => id).sort(), [...senders.map(({ id }) => id), 'The'].sort());
    assert.ok(names.some(([area, id]) => area === 'Order of a conversation' && id === 'HOOKS-SEQ-07'));
    assert.equal(figuresOf(xml), `tests="${senders.length + 1}" failures="0" errors="0"`);
  });

  test('a wrong optional field has its case as well', async () => {
    const xml = await written('junit', summary({ rules: [brokenRule({ requirement: 'HOOKS-ENV-08' })] }));
    assert.match(caseNamed('HOOKS-ENV-08', xml), /<failure/);
  });

  test('a broken must is a failure, with its examples', async () => {
    const xml = await written('junit', summary());
    assert.equal(figuresOf(xml), `tests="${senders.length + 1}" failures="1" errors="0"`);
    const text = caseNamed('HOOKS-SEQ-07', xml);
    assert.match(text, / file="logs\/day\.ndjson" line="2">/);
    assert.match(
      text,
      /<failure type="fail" message="Agent 2 \(&quot;agent-2&quot;\) joins by cold transfer/,
    );
    assert.match(
      text,
      /\nmust\. Stated in Webhook API .*; depends on X-09 .*\. Found once, in 1 conversation\nlogs\/day\.ndjson:2, conversation call-1, events\[0\]: Agent 2/,
    );
  });

  test('a broken should is shown but not a failure, unless the check fails on it', async () => {
    const whole = conformant({ rules: [brokenRule({ level: 'should' })] });
    assert.match(caseNamed('HOOKS-SEQ-07', await written('junit', whole)), /<system-out>warning: Agent 2/);
    assert.match(
      caseNamed('HOOKS-SEQ-07', await written('junit', whole, {}, { failOn: 'should' })),
      /<failure type="fail"/,
    );
  });

  test('lines that could not be read are an error', async () => {
    const skipped = [{ file: 'a.ndjson', line: 7, reason: 'not JSON' }];
    const whole = conformant({ verdict: 'inconclusive', skipped, totals: totals({ skipped: 3 }) });
    const text = caseNamed('The log could be read', await written('junit', whole));
    assert.match(
      text,
      /<error type="inconclusive" message="3 lines could not be read">.*\na\.ndjson:7 {2}not JSON\n… and 2 more</,
    );
  });

  test('an inconclusive check is not green, and nothing passes that was not judged', async () => {
    const reasons = ['no request to the hooks was found'];
    const xml = await written(
      'junit',
      conformant({
        verdict: 'inconclusive',
        reasons,
        totals: totals({ requests: 0 }),
        coverage: { judged: ['HOOKS-SEQ-01'], notJudged: ['HOOKS-SEQ-07'] },
      }),
    );
    assert.match(caseNamed('The check', xml), /<error .*nothing was judged/);
    assert.match(
      caseNamed('HOOKS-SEQ-07', xml),
      /<skipped message="not judged: the log has nothing that could break it"\/>/,
    );
    assert.match(caseNamed('The log could be read', xml), /1 of 2 rules had something to judge/);
  });

  test('a requirement that was not selected has no case', async () => {
    const xml = await written('junit', conformant(), {}, { only: new Set(['HOOKS-SEQ-07']) });
    assert.equal(figuresOf(xml), 'tests="2" failures="0" errors="0"');
    caseNamed(`HOOKS-SEQ-07 ${requirement('HOOKS-SEQ-07').title}`, xml);
  });

  test('is XML, whatever a log contains', async () => {
    const { whole, found, changes } = hostile(`"><failure/>]]>&amp;'\u0000\u001b[2J\u009b\ud800\uffff\u202e`);
    const xml = await written('junit', whole, found, changes);
    assert.equal(xmlProblem(xml), undefined);
    assert.doesNotMatch(xml, /[^\P{Cc}\n]|\p{Bidi_Control}/u);
    assert.equal(xml.match(/<failure/g)?.length, 1);
  });
});
