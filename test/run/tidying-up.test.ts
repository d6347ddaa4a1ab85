// What a run begins at the tenant it also ends. What the tenant refuses of that is judged once it has refused it again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before as beforeAll, suite, test } from 'node:test';
import type { EvidenceRecord } from '../../src/evidence/journal.ts';
import type { Event, HooksBody } from '../../src/protocol/events.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { fewAtATime, type Run, run, settingsFor, smallServer, verdicts } from './harness.ts';
import { before } from './tenants.ts';

type Env = Record<string, string>;

/** Nine scenarios, each of which leaves its conversation open. */
const messages = ['features/conversation-events/messages.feature'];
const few = [...messages, '--tags', '@HOOKS-MSG-01 or @HOOKS-MSG-02'];
/** Each sends requests with a wrong field, and the request put right. */
const faulty = [
  'features/conversation-events/refused-requests.feature',
  '--name',
  'A wrong field in an (entry|exit) event',
];

const bodyOf = ({ request }: EvidenceRecord): HooksBody => JSON.parse(request.body!);
const eventsOf = (body: HooksBody) => (body.events ?? []) as unknown as Event[];
const ends = (body: HooksBody) => eventsOf(body).some(({ name }) => name === 'END_OF_CONVERSATION');

function evidence(of: Run): EvidenceRecord[] {
  const lines = readFileSync(path.join(of.reports, 'evidence.ndjson'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

const tidying = (of: Run) => evidence(of).filter(({ purpose }) => purpose === 'tidying up');

/** A conformant tenant that deals with some requests in its own way. */
async function refusing(isRefused: (body: HooksBody) => boolean): Promise<Env> {
  const { env } = await before((text, _, response) => {
    if (!isRefused(JSON.parse(text))) return false;
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"code":400,"message":"no"}');
    return true;
  });
  return { ...env, CONFORMANCE_GATE: 'off' };
}

async function dropping(): Promise<Env> {
  const { env } = await before((text, request) => {
    if (!ends(JSON.parse(text))) return false;
    request.socket.destroy();
    return true;
  });
  return { ...env, CONFORMANCE_GATE: 'off' };
}

async function acceptingAll(): Promise<Env> {
  return settingsFor((await smallServer((_, response) => response.end('OK'))).url);
}

const cases = {
  'the reference tenant': () => run(messages),
  'one without the setting': () => run(messages, { env: { END_CONVERSATIONS: 'false' } }),
  'one event a request': async () => run(few, { env: await refusing((body) => eventsOf(body).length > 1) }),
  'an end of its own path': async () => {
    return run(few, { env: { ...(await acceptingAll()), TENANT_END_PATH: '/ends' } });
  },
  'no end at all': async () => run(messages, { env: await refusing(ends) }),
  'a connection that drops': async () => run(messages, { env: await dropping() }),
  'no cold entry': async () => {
    const isColdEntry = (body: HooksBody) =>
      /"cold"/i.test(JSON.stringify(body)) && /"entry"/.test(JSON.stringify(body));
    return run(['features/conversation-events/cold-transfer.feature'], { env: await refusing(isColdEntry) });
  },
  'no request refused': async () => run(faulty, { env: await acceptingAll() }),
};
const runs = {} as Record<keyof typeof cases, Run>;

suite('A conversation that a scenario leaves open', () => {
  beforeAll(async () => {
    const ended = await fewAtATime(Object.values(cases));
    for (const [index, name] of Object.keys(cases).entries())
      runs[name as keyof typeof cases] = ended[index]!;
  });

  test('is ended in one request, which the evidence marks', () => {
    const of = runs['the reference tenant'];
    const begun = new Set(evidence(of).map((record) => bodyOf(record).conversationId));
    assert.equal(begun.size, 9);
    assert.deepEqual(new Set(tidying(of).map((record) => bodyOf(record).conversationId)), begun);
    assert.equal(tidying(of).length, 9);
    for (const { answer, ...record } of tidying(of)) {
      assert.equal(answer?.status, 200);
      assert.ok(ends(bodyOf(record)));
    }
    const { requests, reasons } = JSON.parse(readFileSync(path.join(of.reports, 'conformance.json'), 'utf8'));
    assert.equal(requests, evidence(of).length);
    assert.deepEqual(reasons, []);
    assert.match(
      readFileSync(path.join(of.reports, 'cucumber.html'), 'utf8'),
      /tidying up: NA exit of Agent 1/,
    );
  });

  test('stays open with END_CONVERSATIONS=false', () => {
    const of = runs['one without the setting'];
    assert.deepEqual(tidying(of), []);
    assert.deepEqual(verdicts(of), verdicts(runs['the reference tenant']));
  });

  test('is ended event by event where the tenant takes one at a time, which is learnt once', () => {
    const of = runs['one event a request'];
    const sent = tidying(of).map((record) => eventsOf(bodyOf(record)).length);
    assert.equal(sent.filter((count) => count > 1).length, 1);
    assert.doesNotMatch(of.output, /could not be ended/);
    assert.equal(of.code, 0, of.output);
  });

  test('is ended at the path that the end has', () => {
    for (const record of tidying(runs['an end of its own path'])) {
      assert.equal(record.request.url.includes('/ends/'), ends(bodyOf(record)));
      assert.equal(eventsOf(bodyOf(record)).length, 1);
    }
  });

  test('and cannot be ended changes no verdict when the connection drops', () => {
    const of = runs['a connection that drops'];
    assert.deepEqual(verdicts(of), verdicts(runs['the reference tenant']));
    assert.match(
      of.output,
      /^9 conversations could not be ended and are still open at the tenant: conformance-/m,
    );
    assert.doesNotMatch(of.output, /^lost /m);
    assert.ok(new Set(tidying(of).map((record) => bodyOf(record).conversationId)).size <= 3, 'gives up');
  });

  test('and that the tenant refuses to end breaks a requirement about the end', () => {
    const of = runs['no end at all'];
    assert.equal(of.code, 1, of.output);
    const failed = Object.entries(verdicts(of)).filter(([, verdict]) => verdict === 'fail');
    assert.ok(failed.length > 0 && failed.length < 5, `${failed.length}: then it asks no more`);
    const report: ConformanceReport = JSON.parse(
      readFileSync(path.join(of.reports, 'conformance.json'), 'utf8'),
    );
    const broken = report.requirements.filter(({ verdict }) => verdict === 'fail');
    assert.deepEqual(
      broken.map(({ id }) => id),
      ['HOOKS-ENV-07'],
    );
    assert.match(of.output, /refused with 400: END_OF_CONVERSATION with reason .*; refused in every form/);
    assert.match(of.output, /conversations could not be ended and are still open at the tenant/);
  });

  test('as a control of a refusal is ended too', () => {
    const accepted = evidence(runs['no cold entry'])
      .filter(({ answer }) => answer?.status === 200)
      .map(bodyOf);
    const begun = new Set(accepted.map(({ conversationId }) => conversationId));
    const ended = new Set(accepted.filter(ends).map(({ conversationId }) => conversationId));
    // A tenant that takes no cold entry cannot be left as documented once somebody has left with a cold exit.
    const afterColdExit = new Set(
      accepted
        .filter((body) => /"cold"/i.test(JSON.stringify(body)))
        .map(({ conversationId }) => conversationId),
    );
    assert.ok(begun.size > 5, `${begun.size}`);
    assert.deepEqual([...begun.difference(ended).difference(afterColdExit)], []);
  });

  test('because a faulty request was accepted is ended too', () => {
    const of = runs['no request refused'];
    const begun = evidence(of)
      .map((record) => bodyOf(record).conversationId)
      .filter(Boolean);
    const ended = tidying(of).map((record) => bodyOf(record).conversationId);
    assert.deepEqual(new Set(ended), new Set(begun));
    assert.equal(ended.length, new Set(ended).size, 'each of them once');
    assert.ok(ended.length >= 8, `${ended.length}`);
  });
});

test('A request that gets no answer while endings are judged leaves them unjudged, and the run goes on', async () => {
  const refused = new Set<string>();
  const known = new Set<string>();
  let lost: string | undefined;
  const { env } = await before((text, request, response) => {
    const body: HooksBody = JSON.parse(text);
    const { conversationId } = body;
    // The first conversation that is sent again.
    if (refused.size > 1 && !known.has(conversationId)) lost ??= conversationId;
    known.add(conversationId);
    if (conversationId === lost) {
      request.socket.destroy();
      return true;
    }
    if (!ends(body)) return false;
    refused.add(conversationId);
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"code":400,"message":"no"}');
    return true;
  });
  const of = await run(['--name', 'One token for two conversations'], {
    env: { ...env, CONFORMANCE_GATE: 'off' },
  });
  assert.ok(lost, of.output);
  assert.equal(of.code, 1, of.output);
  assert.match(of.output, /^fail +HOOKS-\S+ \(must\) +refused with 400: END_OF_CONVERSATION/m);
});
