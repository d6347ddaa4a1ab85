// Which requests are not sent any more, since no tenant answers them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange } from '../../src/tenant/exchange.ts';
import { SilentKinds } from '../../src/verdict/silent-kinds.ts';

const summary = { events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const end = { events: [{ name: 'END_OF_CONVERSATION' }] };

function exchange(body: object, kind?: 'time-out' | 'reset'): Exchange {
  const failure = { kind, code: 'TRANSPORT_TIMEOUT', message: '' } as unknown as NonNullable<
    Exchange['failure']
  >;
  return {
    request: { method: 'POST', url: 'http://t/hooks/st', headers: {}, body: JSON.stringify(body) },
    startedAt: 0,
    durationMs: 0,
    attempts: 1,
    ...(kind ? { failure } : { answer: { status: 400, headers: {}, body: '' } }),
  };
}

function after(...exchanges: Exchange[]): SilentKinds {
  const kinds = new SilentKinds();
  for (const one of exchanges) kinds.note(one);
  return kinds;
}

const ask = (kinds: SilentKinds, body: object) => kinds.whyNot({ to: 'hooks', body });
const lost = exchange(summary, 'time-out');

test('three time-outs of a kind are enough, of that kind', () => {
  const kinds = after(lost, lost, lost);
  assert.equal(
    ask(kinds, summary),
    'TRIGGER_SUMMARY_EVENT was not sent: the 3 before it got no answer in time, and no other of its kind did',
  );
  assert.equal(ask(kinds, end), undefined);
});

test('two are not, nor three of which one got an answer, nor other failures', () => {
  assert.equal(ask(after(), summary), undefined);
  assert.equal(ask(after(lost, lost), summary), undefined);
  assert.equal(ask(after(lost, lost, lost, exchange(summary)), summary), undefined);
  const reset = exchange(summary, 'reset');
  assert.equal(ask(after(reset, reset, reset, reset), summary), undefined);
});

test('a transfer is a kind of its own, and so is what has no body', () => {
  const url = 'http://t/agentassist/api/v1/public/st/assign-conversation';
  const transfer = { ...exchange({}, 'time-out'), request: { method: 'POST', url, headers: {} } };
  const kinds = after(transfer, transfer, transfer);
  assert.match(
    kinds.whyNot({ to: 'assign-conversation', body: {} }) ?? '',
    /^assign-conversation was not sent/,
  );
  assert.equal(kinds.whyNot({ to: 'hooks' }), undefined);
});
