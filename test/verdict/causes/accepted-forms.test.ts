// The cause that controls have shown, where nothing that can be seen in the requests explains as many.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutgoingRequest } from '../../../src/protocol/conversation.ts';
import { probableCauses } from '../../../src/verdict/causes/probable-causes.ts';
import { conversation, scenario, sent } from './sample-scenarios.ts';

test('what refused requests are accepted without explains more than what some have in common', () => {
  const refused = (experience: 'chat' | 'voice', text: string) => {
    const { body, label } = conversation({ experience }).message({ text, author: 'USER' });
    const again = sent({ body, label: `${label}, with plain values` }, 400);
    const result = scenario('HOOKS-MSG-12', 'fail', sent({ body, label }, 400), again);
    result.record!.checks[0]!.finding!.acceptedForm = 'without experience';
    return result;
  };
  const { experience: _, ...control } = conversation().message({ text: 'Hi', author: 'USER' }).body;
  const results = [
    refused('voice', 'Hi'),
    refused('chat', 'No'),
    scenario('HOOKS-SEQ-04', 'pass', sent({ body: control, label: 'control' } as OutgoingRequest, 200)),
  ];
  assert.deepEqual(
    probableCauses(results).map(({ message }) => message),
    [
      'all 2 requests that the tenant accepts without experience were refused (400 "no such thing"); the other one was not',
    ],
  );
  for (const { record } of results) delete record!.checks[0]!.finding?.acceptedForm;
  assert.doesNotMatch(probableCauses(results)[0]?.message ?? '', /accepts/);
});
