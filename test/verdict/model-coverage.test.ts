// How much of the model a run has gone through, by its exchanges.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import type { Exchange } from '../../src/tenant/exchange.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import { modelCoverage, modelCoverageInWords } from '../../src/verdict/model-coverage.ts';

function exchanged(body: unknown, status = 200): Exchange & { label: string } {
  return {
    label: '',
    request: { method: 'POST', url: '', headers: {}, body: JSON.stringify(body) },
    startedAt: 0,
    durationMs: 0,
    attempts: 1,
    answer: { status, headers: {}, body: '' },
  };
}

test('what was accepted counts, also what ended a conversation after its scenario', () => {
  const one = { number: 1 };
  const conversation = new Conversation({ conversationId: 'c', botId: 'st-1' }, 'voice', defaultDialect);
  const entry = conversation.transfer('NA', 'entry', one).body;
  const exit = conversation.transfer('NA', 'exit', one).body;
  const end = conversation.end().body;
  const record = {
    checks: [],
    observations: [],
    exchanges: [exchanged({ no: 'event' }), exchanged(exit, 400), exchanged(entry), exchanged(exit)],
    tidying: [exchanged(end)],
  };
  const coverage = modelCoverage([{ record } as unknown as ScenarioResult]);
  assert.equal(coverage.transitions.taken, 3);
  assert.equal(coverage.pairs.taken, 2);
  assert.match(modelCoverageInWords(coverage), /^3 of \d+ transitions of the model .*, and 2 of \d+ pairs/);
});
