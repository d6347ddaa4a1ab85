// assign-conversation: its parameters, its answer and its callback, row by row.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  type Assignment,
  assignmentParameters,
  judgeAssigned,
  type Target,
} from '../../src/protocol/assignment.ts';
import { type Delivery, judgeCallback } from '../../src/protocol/callback.ts';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { type Defect, withDefect } from '../../src/protocol/mutations.ts';
import { assignmentProblems } from '../../src/protocol/requests.ts';
import { documentedParameters } from './documented-fields.ts';
import { answer, expectBroken, expectHolds, expectProblem } from './expect.ts';

const common = { callbackUrl: 'https://localhost:8009', orgId: 'o-1', botSessionId: 's-1' };
const targets = {
  agent: { aId: 'a-1' },
  queue: { queueId: 'qu-1' },
} satisfies Record<string, Target>;
const asked = (target: Target): Assignment => ({ ...common, target });

const toAgent = assignmentParameters(asked(targets.agent));
const toQueue = assignmentParameters(asked(targets.queue));

suite('Parameters', () => {
  test('name an agent, or a queue with transferredType QUEUE', () => {
    assert.deepEqual(toAgent, { ...common, aId: 'a-1' });
    assert.deepEqual(toQueue, { ...common, transferredType: 'QUEUE', queueId: 'qu-1' });
    assert.deepEqual([...assignmentProblems(toAgent), ...assignmentProblems(toQueue)], []);
  });

  const isTarget = (field: string) => field === 'aId' || field === 'queueId';
  for (const [field, { to, requirement }] of Object.entries(documentedParameters)) {
    test(`${field} of a transfer (${requirement})`, () => {
      const complain = (defect: Defect, problem: string) => {
        const wording = `assign-conversation: ${field} ${problem}`;
        for (const target of to) {
          const body = { agent: toAgent, queue: toQueue }[target];
          const expected = { wording, pointer: `/${field}`, requirements: [requirement] };
          expectProblem(assignmentProblems(withDefect(body, field, defect)), expected);
        }
      };
      const empty = field === 'transferredType' ? 'is "", it must be "QUEUE"' : 'is empty';
      complain({ kind: 'empty' }, empty);
      complain({ kind: 'of the wrong type' }, 'is 42, it must be a string');
      complain({ kind: 'set to', value: null }, 'is null, it must be a string');
      if (!isTarget(field)) complain({ kind: 'left out' }, 'is missing');
    });
  }

  const together: [what: string, body: object, wording: string][] = [
    ['neither', common, 'aId or queueId is missing'],
    ['both', { ...toAgent, ...toQueue }, 'aId and queueId are both given'],
    ['both, without transferredType', { ...toAgent, queueId: 'qu-1' }, 'aId and queueId are both given'],
  ];
  for (const [what, body, problem] of together) {
    test(`aId and queueId: ${what} (X-23)`, () => {
      const wording = `assign-conversation: ${problem}`;
      expectProblem(assignmentProblems(body), { wording, pointer: '', requirements: ['ASSIGN-REQ-05'] });
    });
  }

  const others: [body: object, pointer: string, problem: string, RequirementId][] = [
    [
      { ...toQueue, transferredType: 'AGENT' },
      '/transferredType',
      'transferredType is "AGENT", it must be "QUEUE"',
      'ASSIGN-REQ-08',
    ],
    [
      { ...toAgent, callbackUrl: 'localhost:8009' },
      '/callbackUrl',
      'callbackUrl is "localhost:8009", it must match ^https?://[^\\s]+$',
      'ASSIGN-REQ-02',
    ],
  ];
  for (const [body, pointer, problem, requirement] of others) {
    test(problem, () => {
      const wording = `assign-conversation: ${problem}`;
      expectProblem(assignmentProblems(body), { wording, pointer, requirements: [requirement] });
    });
  }

  test('may have members that the documents do not know', () => {
    assert.deepEqual(assignmentProblems({ ...toAgent, transferredType: 'AGENT', note: 1 }), []);
  });
});

const completedAt = 1698825180041;
const rows = [
  {
    to: 'an agent',
    asking: asked(targets.agent),
    outcome: { sessionId: 's-1', agentId: 'a-1', status: 'transferred', requestCompletedAt: completedAt },
    target: 'agentId',
    claim: 'ASSIGN-REQ-05',
    shape: 'ASSIGN-RESP-01',
  },
  {
    to: 'a queue',
    asking: asked(targets.queue),
    outcome: { sessionId: 's-1', queueId: 'qu-1', status: 'transferred', requestCompletedAt: completedAt },
    target: 'queueId',
    claim: 'ASSIGN-REQ-06',
    shape: 'ASSIGN-RESP-02',
  },
] as const;

for (const { to, asking, outcome, target, claim, shape } of rows) {
  const judged = (status: number, body: unknown) => judgeAssigned(answer(status, body), asking, claim);

  /** The ids are compared only when all of them are there. */
  const echoWithout = (field: string): RequirementId[] =>
    ['sessionId', target].includes(field) ? [] : ['ASSIGN-RESP-03'];

  suite(`The answer to a transfer to ${to}`, () => {
    test('that is wrong in several ways has a finding for each', () => {
      const { findings } = judged(200, {
        ...outcome,
        sessionId: 'other',
        status: 'done',
        requestCompletedAt: null,
      });
      assert.deepEqual(
        findings.map((one) => one.requirement),
        [shape, shape, 'ASSIGN-RESP-03'],
      );
    });

    test('is the outcome, with an HTTP status of success and members of its own', () => {
      for (const status of [200, 201, 202]) {
        expectHolds(judged(status, { ...outcome, note: 1 }), claim, shape, 'ASSIGN-RESP-03');
      }
    });

    for (const status of [302, 400, 401, 404, 500]) {
      test(`is not ${status}`, () => {
        const wording = new RegExp(`^(refused|answered) with ${status}: transfer to an? (agent|queue)$`);
        expectBroken(judged(status, outcome), { requirement: claim, wording });
      });
    }

    for (const body of ['', 'OK', '[]', 'null', JSON.stringify(outcome).slice(0, -1), "{sessionId: 's-1'}"]) {
      test(`is JSON, not ${body || 'empty'} (X-25)`, () => {
        expectBroken(judged(200, body), { requirement: shape, wording: /not a JSON object/ });
      });
    }

    for (const field of ['sessionId', target, 'status', 'requestCompletedAt']) {
      test(`has ${field}`, () => {
        const without = withDefect(outcome, field, { kind: 'left out' });
        const wording = new RegExp(`${field} is missing`);
        expectBroken(judged(200, without), { requirement: shape, wording, holds: echoWithout(field) });
      });
    }

    const malformed: [field: string, value: unknown, wording: RegExp][] = [
      ['sessionId', 1, /sessionId is 1, it must be a string/],
      ['sessionId', '', /sessionId is empty/],
      [target, null, /Id is null, it must be a string/],
      ['status', 'Transferred', /status is "Transferred", it must be "transferred"/],
      ['status', 'failed', /status is "failed"/],
      [
        'requestCompletedAt',
        String(completedAt),
        /requestCompletedAt is "1698825180041", it must be a number/,
      ],
      ['requestCompletedAt', '2023-11-01T07:53:00.041Z', /it must be a number/],
      ['requestCompletedAt', Math.floor(completedAt / 1000), /requestCompletedAt is 1698825180: must be >= /],
      ['requestCompletedAt', completedAt * 1000, /must be <= /],
      ['requestCompletedAt', null, /requestCompletedAt is null/],
    ];
    for (const [field, value, wording] of malformed) {
      test(`has no ${field} ${JSON.stringify(value)}`, () => {
        expectBroken(judged(200, { ...outcome, [field]: value }), {
          requirement: shape,
          wording,
          holds: echoWithout(field),
        });
      });
    }

    for (const field of ['sessionId', target]) {
      test(`echoes ${field}`, () => {
        const wording = new RegExp(`${field} is "other", it must echo "`);
        const holds: RequirementId[] = [claim, shape];
        expectBroken(judged(200, { ...outcome, [field]: 'other' }), {
          requirement: 'ASSIGN-RESP-03',
          wording,
          holds,
        });
      });
    }

    test('names no agent when a queue was asked for', () => {
      const both = judged(200, { ...outcome, agentId: 'a-1', queueId: 'qu-1' });
      if (target === 'agentId') expectHolds(both, claim, shape, 'ASSIGN-RESP-03');
      else expectBroken(both, { requirement: shape, wording: /agentId is given/, holds: ['ASSIGN-RESP-03'] });
    });

    test('names the target that was asked for, not the other kind', () => {
      const { [target as never]: _, ...rest } = outcome;
      const other = target === 'agentId' ? { queueId: 'a-1' } : { agentId: 'qu-1' };
      const wording = new RegExp(`${target} is missing`);
      expectBroken(judged(200, { ...rest, ...other }), { requirement: shape, wording });
    });
  });

  suite(`The callback of a transfer to ${to}`, () => {
    const body = JSON.stringify(outcome);
    const post: Delivery = { method: 'POST', path: '/', contentType: 'application/json', body };

    for (const contentType of [
      'application/json',
      'application/json; charset=utf-8',
      'Application/JSON ;charset=utf-8',
      'application/problem+json',
      'application/vnd.kore.outcome+json',
    ]) {
      test(`may be ${contentType}`, () => {
        expectHolds(judgeCallback([{ ...post, contentType }], asking, 2000), 'ASSIGN-CB-01', 'ASSIGN-CB-02');
      });
    }

    const broken: [what: string, deliveries: Delivery[], wording: RegExp][] = [
      ['absent', [], /no outcome was posted to callbackUrl within 2000 ms/],
      ['posted twice', [post, post], /posted 2 times/],
      ['put', [{ ...post, method: 'PUT' }], /came with PUT, not with POST/],
      ['got', [{ ...post, method: 'GET' }], /came with GET/],
      ['text', [{ ...post, contentType: 'text/plain' }], /content type "text\/plain", not JSON/],
      ['of no type', [{ ...post, contentType: '' }], /content type "", not JSON/],
      ['a JSON sequence', [{ ...post, contentType: 'application/json-seq' }], /not JSON/],
      ['cut off', [{ ...post, body: body.slice(1) }], /not a JSON object/],
      ['a list', [{ ...post, body: `[${body}]` }], /not a JSON object/],
      ['empty', [{ ...post, body: '' }], /not a JSON object/],
      [
        'of another session',
        [{ ...post, body: body.replace('s-1', 's-2') }],
        /names session "s-2", not "s-1"/,
      ],
      ['of no outcome', [{ ...post, body: JSON.stringify({ sessionId: 's-1' }) }], /status is missing/],
      [
        'failed',
        [{ ...post, body: body.replace('transferred', 'failed') }],
        /status "failed", but the answer/,
      ],
      [
        'of another target',
        [{ ...post, body: body.replace(/"(a|qu)-1"/, '"x-9"') }],
        /names (agentId|queueId) "x-9", not "(a|qu)-1"/,
      ],
      [
        'of the other kind of target',
        [
          {
            ...post,
            body: JSON.stringify({ ...outcome, [target === 'agentId' ? 'queueId' : 'agentId']: 'x-9' }),
          },
        ],
        /"x-9", which was not asked for/,
      ],
      ['of no session', [{ ...post, body: body.replace('sessionId', 'session') }], /sessionId is missing/],
    ];
    for (const [what, deliveries, wording] of broken) {
      test(`is not ${what}`, () => {
        // That something is posted is stated; what it looks like is inferred.
        const isPosted = deliveries.some(({ method }) => method === 'POST');
        expectBroken(judgeCallback(deliveries, asking, 2000), {
          requirement: isPosted ? 'ASSIGN-CB-02' : 'ASSIGN-CB-01',
          wording,
          holds: isPosted ? ['ASSIGN-CB-01'] : [],
        });
      });
    }

    const progress = { ...post, body: body.replace('transferred', 'ringing') };
    test('may come after progress', () => {
      const judgement = judgeCallback([progress, progress, post], asking, 2000);
      expectHolds(judgement, 'ASSIGN-CB-01', 'ASSIGN-CB-02');
    });
    test('is more than progress', () => {
      expectBroken(judgeCallback([progress], asking, 2000), {
        requirement: 'ASSIGN-CB-02',
        wording: /^progress was posted, but no outcome within 2000 ms/,
        holds: ['ASSIGN-CB-01'],
      });
    });
  });
}
