// Every complete sample of the five documents is a test vector: the model must agree with the documents.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import assignAnswers from '../../spec/samples/assign-answers.json' with { type: 'json' };
import assignRequests from '../../spec/samples/assign-requests.json' with { type: 'json' };
import hooksAnswers from '../../spec/samples/hooks-answers.json' with { type: 'json' };
import hooksEnd from '../../spec/samples/hooks-end.json' with { type: 'json' };
import hooksTransfers from '../../spec/samples/hooks-transfers.json' with { type: 'json' };
import hooksWebhook from '../../spec/samples/hooks-webhook.json' with { type: 'json' };
import { judgeAccepted, judgeUnknownBot } from '../../src/protocol/answers.ts';
import { type Assignment, judgeAssigned } from '../../src/protocol/assignment.ts';
import { judgeCallback } from '../../src/protocol/callback.ts';
import { ownPart } from '../../src/protocol/callback-address.ts';
import { catalogue } from '../../src/protocol/catalogue.ts';
import { ambiguities } from '../../src/protocol/generated/catalogue.ts';
import type { Problem } from '../../src/protocol/problems.ts';
import { assignmentProblems, hooksBodyProblems, isObject } from '../../src/protocol/requests.ts';
import { answer, expectHolds } from './expect.ts';

interface Vector {
  document: string;
  section: string;
  /** The ambiguity that explains why the sample is changed, and the change. */
  repaired?: string;
}

interface RequestVector extends Vector {
  body: object;
  /** Of a curl: where it is sent, and the header that carries the JWT. */
  sent?: { path: string; authHeader: string };
  /** What keeps the sample from being a well-formed request. */
  defect?: { reason: string; problems: { pointer: string; requirement: string }[] };
}

const hooksRequests: RequestVector[] = [...hooksWebhook, ...hooksTransfers, ...hooksEnd];
const assignments: RequestVector[] = assignRequests;
const outcomes = assignAnswers as unknown as (Vector & { asked: Assignment; body: object })[];
const all: Vector[] = [...hooksRequests, ...hooksAnswers, ...assignments, ...outcomes];

const title = ({ document, section }: Vector) => `${document}: ${section}`;

function agrees(found: Problem[], { defect }: RequestVector): void {
  const seen = found.map(({ pointer, requirements }) => ({ pointer, requirement: requirements.join(', ') }));
  assert.deepEqual(seen, defect?.problems ?? []);
}

suite('Samples of hooks requests are well-formed', () => {
  for (const vector of hooksRequests) {
    test(title(vector), () => agrees(hooksBodyProblems(vector.body), vector));
  }
});

suite('Samples of assign-conversation are well-formed', () => {
  for (const vector of assignments) {
    test(title(vector), () => agrees(assignmentProblems(vector.body), vector));
  }
});

suite('Samples of answers are what the judges ask for', () => {
  for (const { judge, status, body, ...vector } of hooksAnswers) {
    test(`${title(vector)} (${body || 'empty'})`, () => {
      if (judge === 'unknown bot')
        expectHolds(judgeUnknownBot(answer(status, body)), 'HOOKS-ERR-01', 'HOOKS-ERR-03');
      else {
        const judgement = judgeAccepted(answer(status, body), 'HOOKS-SEQ-04', 'NA entry');
        expectHolds(judgement, 'HOOKS-SEQ-04', 'HOOKS-RESP-01', 'HOOKS-RESP-02');
      }
    });
  }
  for (const { asked, body, ...vector } of outcomes) {
    const [claim, shape] =
      'aId' in asked.target
        ? (['ASSIGN-REQ-05', 'ASSIGN-RESP-01'] as const)
        : (['ASSIGN-REQ-06', 'ASSIGN-RESP-02'] as const);
    test(`${title(vector)}, as the answer`, () => {
      expectHolds(judgeAssigned(answer(200, body), asked, claim), claim, shape, 'ASSIGN-RESP-03');
    });
    test(`${title(vector)}, as the callback`, () => {
      const path = ownPart(asked.callbackUrl);
      const delivery = { method: 'POST', path, contentType: 'application/json', body: JSON.stringify(body) };
      expectHolds(judgeCallback([delivery], asked, 0), 'ASSIGN-CB-01', 'ASSIGN-CB-02');
    });
  }
});

suite('The vectors are complete and say what was done to them', () => {
  test('each of the five documents is there', () => {
    assert.deepEqual(new Set(all.map(({ document }) => document)).size, 5);
    assert.deepEqual(
      [hooksRequests.length, hooksAnswers.length, assignments.length, outcomes.length],
      [20, 5, 3, 3],
    );
  });

  test('a repair cites entries of the ambiguity register', () => {
    const known = new Set<string>(ambiguities.map(({ id }) => id));
    for (const { repaired = '' } of all) {
      for (const [id] of repaired.matchAll(/X-\d+/g)) assert.ok(known.has(id), id);
    }
  });

  test('a defect has a reason and cites requirements of the catalogue', () => {
    const known = new Set<string>(catalogue.map(({ id }) => id));
    for (const { defect } of hooksRequests) {
      if (!defect) continue;
      assert.match(defect.reason, /\w/);
      assert.ok(defect.problems.every(({ requirement }) => known.has(requirement)));
    }
  });

  test('a hooks curl sends the token header and the botId of its body in the path (X-01, HOOKS-ENV-04)', () => {
    const curls = hooksRequests.filter(({ sent }) => sent);
    assert.equal(curls.length, 4);
    for (const { sent, body } of curls) {
      assert.equal(sent?.authHeader, 'token');
      assert.ok(isObject(body) && sent?.path.endsWith(`/api/v1/hooks/${body.botId}`));
    }
  });

  test('an assign-conversation curl sends the auth header (X-01)', () => {
    for (const { sent } of assignments) {
      assert.equal(sent?.authHeader, 'auth');
      assert.match(sent?.path ?? '', /^\/agentassist\/api\/v1\/public\/[^/]+\/assign-conversation$/);
    }
  });
});
