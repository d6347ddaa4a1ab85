// What the documents leave open is asked, recorded and never judged; the words are the same every night.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { isSuccess } from '../../src/protocol/answers.ts';
import type { Event, HooksBody } from '../../src/protocol/events.ts';
import { allExchanges } from '../../src/verdict/left-open.ts';
import { fewAtATime, type Run, run, settingsFor, smallServer } from './harness.ts';
import { always, sandboxWith, before as standingBefore } from './tenants.ts';

const features = 'features/observations';
const routing = `${features}/routing.feature`;

const runs = new Map<string, Run>();

before(async () => {
  const cases: Record<string, () => Promise<Run>> = {
    'the reference tenant': () => run([features]),
    'the reference tenant, in parallel': () => run([features, '--parallel', '2']),
    'a tenant that asks for no order': async () => run([features], { env: await sandboxWith({ order: {} }) }),
    'a tenant that accepts nothing': async () => run([features], { env: await always(400, '{}') }),
    'a tenant that fails': async () => run([features], { env: await always(500, '<html>') }),
    'a tenant that hangs up on a second end': async () => run([features], { env: await hangingUp() }),
    'a tenant that echoes all it is sent': async () => run([features], { env: await echoing() }),
    'the same a night later': async () => run([features], { env: await echoing() }),
  };
  const names = Object.keys(cases);
  const ended = await fewAtATime(Object.values(cases));
  for (const [index, name] of names.entries()) runs.set(name, ended[index]!);
});
/** Accepts what begins or goes on with a conversation, and drops the connection on the second end of one. */
async function hangingUp(): Promise<Record<string, string>> {
  const ended = new Set<string>();
  const { env } = await standingBefore((body, request) => {
    if (!body.includes('END_OF_CONVERSATION')) return false;
    const { conversationId } = JSON.parse(body) as HooksBody;
    if (ended.has(conversationId)) request.socket.destroy();
    else ended.add(conversationId);
    return request.socket.destroyed;
  });
  return env;
}

/** Parts of it look like what changes from one night to the next. */
const secretWithAnId = 'night.owl.1234567.by.day';

/** Refuses with everything that it knows: the secret, the request, and the time of day. */
async function echoing(): Promise<Record<string, string>> {
  const { url } = await smallServer(({ path, headers, body }, response) => {
    const message = `${secretWithAnId} ${new Date().toISOString()} ${headers.token ?? headers.auth} ${body} ${path}`;
    response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
  });
  return { ...settingsFor(url), TENANT_CLIENT_SECRET: secretWithAnId };
}

interface Observed {
  ambiguity: string;
  question: string;
  answer: string;
}

function observed(name: string): Observed[] {
  const records = runs.get(name)!.collected.results.flatMap(({ record }) => record?.observations ?? []);
  return records
    .map(({ ambiguity, question, answer }) => ({ ambiguity, question, answer }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

const keyOf = ({ ambiguity, question }: Observed) => `${ambiguity} ${question}`;

function answerTo(name: string, question: string): string | undefined {
  return observed(name).find((one) => one.question === question)?.answer;
}

function verdictsOf(name: string): (string | undefined)[] {
  return [...new Set(runs.get(name)!.collected.results.map(({ verdict }) => verdict))].sort();
}

/** Conversations of which the tenant has accepted more than it has seen ended. */
function leftOpen(name: string): string[] {
  const open = new Set<string>();
  for (const { request, answer } of runs.get(name)!.collected.results.flatMap(allExchanges)) {
    if (!request.url.includes('/hooks/') || !answer || !isSuccess(answer)) continue;
    const { conversationId, events = [] } = JSON.parse(request.body!) as HooksBody;
    for (const event of events as unknown as Event[]) {
      if (event.name === 'END_OF_CONVERSATION') open.delete(conversationId);
      else if (event.name === 'INTERNAL_TRANSFER_EVENT') open.add(conversationId);
    }
  }
  return [...open];
}

suite('Each question', () => {
  test('is asked once', () => {
    const questions = observed('the reference tenant').map(keyOf);
    assert.deepEqual(
      questions.filter((question, index) => questions.indexOf(question) !== index),
      [],
    );
    assert.ok(questions.length > 25);
  });

  test('and its answer are the same in another run, serial or parallel', () => {
    assert.deepEqual(observed('the reference tenant, in parallel'), observed('the reference tenant'));
  });

  test('and its answer are the same a night later, even of a tenant that echoes what it is sent', () => {
    assert.deepEqual(observed('the same a night later'), observed('a tenant that echoes all it is sent'));
    assert.ok(observed('the same a night later').length > 10);
  });

  test('is about no particular conversation, and shows no secret', () => {
    for (const name of runs.keys()) {
      for (const { question, answer } of observed(name)) {
        assert.doesNotMatch(`${question} ${answer}`, /conformance-|eyJ|[0-9a-f]{8}-[0-9a-f]{4}-/);
        assert.doesNotMatch(answer, /night|owl/);
        assert.ok([...answer].length <= 160);
      }
    }
  });

  test('of a bad token is asked for each of the usual ones', () => {
    const kinds = ['no token', 'an empty token', 'a token signed with another secret', 'an expired token'];
    for (const kind of kinds)
      assert.match(answerTo('the reference tenant', `an entry event with ${kind}`) ?? '', /^401 "/);
  });
});

suite('Recorded, and nothing else, is', () => {
  test('what the reference tenant answers', () => {
    assert.deepEqual(verdictsOf('the reference tenant'), ['recorded']);
    const says = (question: string) => answerTo('the reference tenant', question);
    assert.match(says('a second END_OF_CONVERSATION')!, /^409 ".*is sent exactly once/);
    assert.match(says('a user message after the end')!, /^409 ".*nothing follows/);
    assert.match(says('a cold entry while the previous agent is still there')!, /^409 "/);
    assert.equal(says('the token in the header auth'), '200 with {"STATUS":"OK"}');
    assert.equal(says('a redial at /api/v1/hooks'), '200 with {"STATUS":"OK"}');
    assert.match(
      says('an unknown botId in the path and the body')!,
      /^400 "Linked bot details could not be found/,
    );
  });

  test('what a tenant without order answers', () => {
    const name = 'a tenant that asks for no order';
    assert.deepEqual(verdictsOf(name), ['recorded']);
    for (const question of [
      'a second END_OF_CONVERSATION',
      'an entry event after the end',
      'a redial exit',
      'a cold entry while the previous agent is still there',
      'a cold exit after that entry',
    ])
      assert.equal(answerTo(name, question), '200 with {"STATUS":"OK"}', question);
  });

  test('what a tenant answers that refuses everything; what it had to accept first is inconclusive', () => {
    for (const [name, answer] of [
      ['a tenant that accepts nothing', '400 without a message'],
      ['a tenant that fails', '500 with an HTML page'],
    ] as const) {
      assert.deepEqual(verdictsOf(name), ['inconclusive', 'not-applicable', 'recorded']);
      assert.deepEqual([...new Set(observed(name).map((one) => one.answer))], [answer]);
      assert.equal(answerTo(name, 'a second END_OF_CONVERSATION'), undefined);
    }
  });

  test('not what got no answer: that is inconclusive, and the rest is recorded', () => {
    const name = 'a tenant that hangs up on a second end';
    assert.deepEqual(verdictsOf(name), ['inconclusive', 'recorded']);
    const lost = runs.get(name)!.collected.results.filter(({ verdict }) => verdict === 'inconclusive');
    assert.deepEqual(
      lost.map((result) => result.name),
      ['The end is sent twice'],
    );
  });

  test('not what needs settings that are missing: that is not applicable', () => {
    const results = runs.get('a tenant that echoes all it is sent')!.collected.results;
    const skipped = results.filter(({ verdict }) => verdict === 'not-applicable').map(({ uri }) => uri);
    assert.deepEqual(skipped, [routing, routing, routing, routing, routing]);
  });
});

suite('Finding out is modest', () => {
  test('no conversation is left open, whatever the tenant accepts', () => {
    for (const name of ['the reference tenant', 'a tenant that asks for no order'])
      assert.deepEqual(leftOpen(name), [], name);
  });

  test('nothing is asked that the answer before has made pointless', () => {
    const results = runs.get('a tenant that accepts nothing')!.collected.results;
    const asked = results.filter(({ record }) => (record?.exchanges.length ?? 0) > 1);
    assert.deepEqual(
      asked.map(({ name }) => name),
      [],
    );
  });

  test('it takes fewer than 120 requests', () => {
    const results = runs.get('the reference tenant')!.collected.results;
    const requests = results.flatMap(allExchanges).length;
    assert.ok(requests > 40 && requests < 120, `${requests} requests`);
  });
});
