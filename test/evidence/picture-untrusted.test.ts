// Any content of a request, of any length: the picture is drawn, stays small, and shows it as text.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pictures } from '../../src/evidence/picture.ts';
import { xmlProblem } from '../run/xml.ts';
import { answered, conversation, faulty, flowExchanges, only, texts } from './picture-exchanges.ts';

const agent = (number: number) => ({ number });

suite('Any request', () => {
  test('an exchange without a conversation is left out', () => {
    assert.deepEqual(pictures([answered({ label: 'a look at the way', body: 'OK' })]), []);
    assert.deepEqual(pictures([]), []);
  });

  const nasty = `"><script>alert(1)</script><!--]]>&amp;'\u0000\u001b[31m\ud800\uffff\u202e${'\u0301'.repeat(500)}`;
  const values = [
    nasty,
    '',
    'x'.repeat(60_000),
    '汉'.repeat(500),
    7,
    null,
    [],
    {},
    [[nasty]],
    { name: nasty },
    true,
  ];
  const names = [
    'INTERNAL_TRANSFER_EVENT',
    'TRIGGER_SUMMARY_EVENT',
    'END_OF_CONVERSATION',
    '__proto__',
    nasty,
  ];

  test('hostile values are drawn as text, one after the other in every field', () => {
    const fields = ['transfertype', 'transition', 'participant', 'reason', 'experience'];
    const events = values.flatMap((value) => [
      value,
      { name: value },
      ...names.flatMap((name) => fields.map((field) => ({ name, [field]: value }))),
      { name: names[0], participant: { identity: value, name: value } },
    ]);
    const bodies = values.flatMap((value) => [
      { conversationId: 'conformance-1', events: value },
      { conversationId: 'conformance-1', query: value, author: value, agentId: value, events },
      { conversationId: 'conformance-1', query: value, author: { type: 'AGENT' }, agentId: value },
      ...events.map((event) => ({ conversationId: 'conformance-1', events: [event] })),
    ]);
    for (const body of bodies) {
      const drawn = only([answered({ label: `${nasty}, but ${nasty}`, body }, 500, nasty)]);
      assert.doesNotMatch(drawn.svg, /<script|[\p{Cc}\p{Bidi_Control}]/u);
      assert.ok(drawn.svg.isWellFormed());
    }
    const [drawn] = pictures([answered({ label: nasty, body: { conversationId: nasty, events } })]);
    assert.equal(xmlProblem(drawn!.svg), undefined);
    assert.doesNotMatch(drawn!.title, /[\p{Cc}\p{Bidi_Control}]/u);
  });

  test('the first of thousands of events are drawn, and the rest is counted', () => {
    const of = conversation();
    const exchanges = Array.from({ length: 5000 }, (_, index) => {
      const request = of.transfer('warm', 'entry', agent(index));
      return index % 2 ? answered(request) : faulty(request, `fault ${index}`);
    });
    const drawn = only(exchanges);
    assert.match(drawn.title, /, 5,000 events, 2,500 refused$/);
    assert.ok(texts(drawn).includes('the first 48 are shown, 4,952 more are left out'));
    assert.ok(texts(drawn).includes('… and 2,497 more that were not accepted'));
    assert.ok(texts(drawn).includes('other agents'));
    assert.ok(drawn.svg.length < 32 * 1024, `${drawn.svg.length}`);
  });

  test('pictures in one page do not clash, and are small', () => {
    const drawn = [
      only(flowExchanges('the cold transfer flow')),
      only(flowExchanges('the redial flow', 'conformance-2')),
    ];
    const [style, other] = drawn.map(({ svg }) => /<style>.*<\/style>/.exec(svg)?.[0]);
    assert.ok(style && style === other);
    for (const { svg } of drawn) {
      assert.ok(svg.length < 4096, `${svg.length}`);
      assert.doesNotMatch(svg, /\sid=|href|url\(|@import|<script|\son\w+=/);
      const classes = [...svg.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names!.split(' '));
      assert.ok(classes.every((name) => name === 'cv' || name.startsWith('cv-')));
    }
  });
});
