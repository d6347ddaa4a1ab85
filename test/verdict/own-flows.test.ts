// A request that a scenario sends as well-formed is checked before it is sent, conversation by conversation.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect, type HooksBody } from '../../src/protocol/events.ts';
import { BrokenFlow, OwnFlows } from '../../src/verdict/own-flows.ts';

const agent = { number: 1 };
const other = { number: 2 };

const conversation = (id = 'c-1') =>
  new Conversation({ conversationId: id, botId: 'st-1' }, 'voice', defaultDialect);

const flowsThat = (...breaks: RequirementId[]) => new OwnFlows(breaks, { qualityModule: false });

function send(flows: OwnFlows, ...bodies: { body: HooksBody; label: string }[]): void {
  for (const { body, label } of bodies) {
    flows.check(body, label);
    flows.accepted(body);
  }
}

const breaks = (act: () => void, says: RegExp) =>
  assert.throws(act, (error) => {
    assert.ok(error instanceof BrokenFlow, String(error));
    assert.match(error.message, says);
    return true;
  });

suite('A request that is well-formed before it is sent', () => {
  const transfer = { callbackUrl: 'https://a.example', orgId: 'o-1', botSessionId: 's-1' };
  test('is a transfer whose parameters are as documented', () => {
    flowsThat().checkTransfer({ ...transfer, aId: 'a-1' }, 'a transfer');
    breaks(() => flowsThat().checkTransfer(transfer, 'a transfer'), /ASSIGN-REQ-05: .*\n.*it was not sent/);
  });
  test('is a transfer to a queue that says so, as its only sample does', () => {
    breaks(
      () => flowsThat().checkTransfer({ ...transfer, queueId: 'qu-1' }, 'a transfer'),
      /ASSIGN-REQ-08: .*transferredType is missing/,
    );
  });
  test('is the body of an open question', () => {
    const { body, label } = conversation().end();
    flowsThat().checkForm(body, label);
    breaks(
      () => flowsThat().checkForm({ ...body, events: [{ name: 'END_OF_CONVERSATION' }] }, label),
      /EOC-02/,
    );
  });
});

suite('A flow', () => {
  test('in order passes, and need not come to its end', () => {
    const one = conversation();
    const flows = flowsThat();
    send(flows, one.transfer('NA', 'entry', agent), one.transfer('cold', 'exit', agent));
    assert.equal(flows.unusedAnnouncement(), undefined);
  });

  test('out of order does not pass', () => {
    const one = conversation();
    const flows = flowsThat();
    send(flows, one.transfer('NA', 'entry', agent));
    breaks(() => send(flows, one.transfer('warm', 'exit', agent)), /breaks HOOKS-SEQ-11 \(must\)/);
  });

  test('is followed by its conversationId: another conversation begins anew', () => {
    const flows = flowsThat();
    send(flows, conversation('c-1').transfer('NA', 'entry', agent));
    send(flows, conversation('c-2').transfer('NA', 'entry', agent));
    breaks(() => send(flows, conversation('c-1').transfer('NA', 'entry', agent)), /HOOKS-SEQ-05/);
  });

  test('is followed through the events of one body', () => {
    const one = conversation();
    const entryTwice = [one.transferEvent('NA', 'entry', agent), one.transferEvent('NA', 'entry', other)];
    breaks(() => send(flowsThat(), one.events(entryTwice)), /HOOKS-SEQ-05/);
  });

  test('with an event that the documents discourage does not need a tag', () => {
    const one = conversation();
    const flows = flowsThat();
    send(flows, one.transfer('NA', 'entry', agent), one.transfer('redial', 'entry', agent));
    assert.equal(flows.unusedAnnouncement(), undefined);
  });
});

suite('A body', () => {
  test('that breaks a field’s requirement is named by it', () => {
    const { body, label } = conversation().end();
    const { reason: _, ...end } = body.events![0] as unknown as Record<string, unknown>;
    const incomplete = { ...body, events: [end] } as unknown as HooksBody;
    breaks(() => flowsThat('HOOKS-SEQ-01').check(incomplete, label), /HOOKS-EOC-02 \(must\), .*reason/);
  });

  test('needs customFields where the profile says so', () => {
    const { body, label } = conversation().transfer('NA', 'entry', agent);
    const flows = new OwnFlows([], { qualityModule: true });
    breaks(() => flows.check(body, label), /HOOKS-XFER-11/);
  });
});

suite('A request that was not accepted', () => {
  test('has not happened', () => {
    const one = conversation();
    const flows = flowsThat();
    const { body, label } = one.transfer('NA', 'entry', agent);
    flows.check(body, label);
    // Sent once more, it is not a second entry.
    flows.check(body, label);
  });

  test('ends the checks of its conversation, and of no other', () => {
    const one = conversation();
    const flows = flowsThat();
    send(flows, one.transfer('NA', 'entry', agent));
    flows.stopFollowing(one.envelope);
    send(flows, one.transfer('redial', 'exit', other), one.transfer('NA', 'entry', agent));
    breaks(() => send(flows, conversation('c-2').transfer('cold', 'exit', agent)), /HOOKS-SEQ-01/);
  });
});

suite('A breach that is announced', () => {
  test('passes, and has to happen', () => {
    const one = conversation();
    const flows = flowsThat('HOOKS-SEQ-11');
    send(flows, one.transfer('NA', 'entry', agent));
    assert.match(flows.unusedAnnouncement() ?? '', /@breaks-HOOKS-SEQ-11, but none .*remove the tag/);
    send(flows, one.transfer('warm', 'exit', agent));
    assert.equal(flows.unusedAnnouncement(), undefined);
  });

  test('may be of a should', () => {
    const one = conversation();
    const flows = flowsThat('HOOKS-RDL-06');
    send(flows, one.transfer('NA', 'entry', agent), one.transfer('redial', 'entry', agent));
    assert.equal(flows.unusedAnnouncement(), undefined);
  });
});
