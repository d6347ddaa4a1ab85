// Which check a refusal has to pass: each requirement asks for another form of it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catalogue, type RequirementId } from '../../src/protocol/catalogue.ts';
import {
  decidedByRefusal,
  type Fault,
  refusalCheck,
  undecidedByRefusal,
} from '../../src/protocol/refusals.ts';
import { answer, expectBroken, expectHolds } from './expect.ts';

const wrong = 'END_OF_CONVERSATION: reason is missing';
const reason = { errors: [{ msg: 'reason is missing', code: 400 }] };
const unknownBot = { code: 400, message: 'The bot could not be found' };

suite('A refusal', () => {
  const asks: [id: RequirementId, bare: boolean, withReason: boolean, ofTheBot: boolean][] = [
    ['HOOKS-AUTH-01', true, true, true],
    ['HOOKS-AUTH-03', true, true, true],
    ['ASSIGN-AUTH-01', true, true, true],
    ['ASSIGN-AUTH-02', true, true, true],
    ['HOOKS-ERR-01', false, false, true],
    ['HOOKS-ERR-04', true, true, true],
    ['HOOKS-ERR-02', false, true, true],
    ['ASSIGN-ERR-01', false, true, true],
  ];
  for (const [id, ...shows] of asks) {
    test(`as ${id} asks for it`, () => {
      const found = refusalCheck([id]);
      assert.equal(found.id, id);
      const judge = (body: unknown, status = 400) =>
        found.check(answer(status, body), wrong).onceItsTwinIsAccepted;
      const forms = ['', reason, unknownBot];
      for (const [index, form] of forms.entries()) {
        const also: RequirementId[] = id === 'HOOKS-ERR-01' ? ['HOOKS-ERR-03'] : [];
        if (shows[index]) expectHolds(judge(form), id, ...also);
        else expectBroken(judge(form), { requirement: id, wording: /./, holds: also });
      }
      expectBroken(judge('', 200), { requirement: id, wording: /answered 200/ });
    });
  }

  for (const id of ['HOOKS-ERR-02', 'ASSIGN-ERR-01'] as const) {
    test(`says what was wrong with the request: ${id}`, () => {
      const judged = refusalCheck([id]).check(answer(200), wrong).onceItsTwinIsAccepted;
      assert.equal(judged.findings[0]?.message, `the tenant answered 200 although ${wrong}`);
    });
  }

  test('may hold its error in a member', () => {
    const judge = (body: unknown) =>
      refusalCheck(['HOOKS-ERR-02']).check(answer(400, body), wrong).onceItsTwinIsAccepted;
    expectHolds(judge({ error: { code: 400, message: 'no events' } }), 'HOOKS-ERR-02');
    for (const error of [{ code: 400 }, 'no events', null])
      expectBroken(judge({ error }), { requirement: 'HOOKS-ERR-02', wording: /not a JSON error/ });
  });

  test('is judged by the first claim that asks for one', () => {
    assert.equal(refusalCheck(['HOOKS-ENV-05', 'HOOKS-ERR-02', 'HOOKS-AUTH-01']).id, 'HOOKS-ERR-02');
  });

  test('that no claim asks for is a mistake in the tags', () => {
    assert.throws(() => refusalCheck(['HOOKS-ENV-05', 'HOOKS-RESP-01']), {
      message:
        'A scenario that expects a refusal is tagged with one of HOOKS-AUTH-01, HOOKS-AUTH-03, HOOKS-ERR-01, HOOKS-ERR-04, HOOKS-ERR-02, ASSIGN-AUTH-01, ASSIGN-AUTH-02, ASSIGN-ERR-01, not with HOOKS-ENV-05, HOOKS-RESP-01',
    });
  });
});

suite('The refusal of a faulty request decides', () => {
  const cases: [Fault, RequirementId[]][] = [
    [{ to: 'hooks' }, ['HOOKS-ERR-02']],
    [{ to: 'hooks', token: 'unverifiable' }, ['HOOKS-AUTH-01']],
    [{ to: 'hooks', token: 'unfit' }, ['HOOKS-AUTH-03']],
    [{ to: 'hooks', token: 'untimely' }, ['HOOKS-AUTH-03']],
    [{ to: 'hooks', unknownBot: 'path' }, ['HOOKS-ERR-01', 'HOOKS-ERR-03']],
    [{ to: 'hooks', unknownBot: 'body' }, ['HOOKS-ERR-04']],
    [{ to: 'assign-conversation' }, ['ASSIGN-ERR-01']],
    [{ to: 'assign-conversation', unknownBot: 'path' }, ['ASSIGN-ERR-01']],
    [{ to: 'assign-conversation', token: 'unverifiable' }, ['ASSIGN-AUTH-01']],
    [{ to: 'assign-conversation', token: 'unfit' }, ['ASSIGN-AUTH-02']],
    [{ to: 'assign-conversation', token: 'untimely' }, ['ASSIGN-AUTH-02']],
  ];
  const byRefusal = catalogue.filter(({ decidedBy }) => decidedBy?.includes('refused')).map(({ id }) => id);
  for (const [fault, ids] of cases) {
    test(`${ids.join(', ')}, and nothing else: ${Object.values(fault).join(', ')}`, () => {
      assert.deepEqual(decidedByRefusal(fault), ids);
      const others = byRefusal.filter((id) => !ids.includes(id));
      assert.deepEqual(undecidedByRefusal([...byRefusal, 'HOOKS-SUM-01'], fault), others);
    });
  }
  test('each requirement that only a refusal decides', () => {
    assert.deepEqual(new Set(cases.flatMap(([, ids]) => ids)), new Set(byRefusal));
  });
});
