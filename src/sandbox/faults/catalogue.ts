// All faults, by subject.
import { answerFaults } from './answers.ts';
import { besideFaults } from './beside.ts';
import { callbackAddressFaults } from './callback-addresses.ts';
import { callbackFaults } from './callbacks.ts';
import { changingFaults } from './changing.ts';
import { depthFaults } from './depth.ts';
import { endpointFaults } from './endpoint.ts';
import { endFaults } from './ends.ts';
import { envelopeFaults } from './envelope.ts';
import type { Fault } from './fault.ts';
import { messageFaults } from './messages.ts';
import { orderFaults } from './order.ts';
import { redialFaults } from './redials.ts';
import { refusalFaults } from './refusals.ts';
import { routingFaults } from './routing.ts';
import { simultaneousFaults } from './simultaneous.ts';
import { summaryFaults } from './summaries.ts';
import { textValueFaults } from './text-values.ts';
import { tokenCarrierFaults } from './token-carriers.ts';
import { tokenClaimFaults } from './token-claims.ts';
import { tokenVerifierFaults } from './token-verifiers.ts';
import { tokenFaults } from './tokens.ts';
import { transferAnswerFaults } from './transfer-answers.ts';
import { transferEventFaults } from './transfer-events.ts';
import { transferTokenFaults } from './transfer-tokens.ts';
import { unknownBotFaults } from './unknown-bots.ts';
import { valueFaults } from './values.ts';

export const faults: readonly Fault[] = [
  ...endpointFaults,
  ...envelopeFaults,
  ...messageFaults,
  ...transferEventFaults,
  ...summaryFaults,
  ...endFaults,
  ...orderFaults,
  ...simultaneousFaults,
  ...depthFaults,
  ...changingFaults,
  ...valueFaults,
  ...textValueFaults,
  ...redialFaults,
  ...tokenFaults,
  ...tokenClaimFaults,
  ...tokenVerifierFaults,
  ...tokenCarrierFaults,
  ...answerFaults,
  ...unknownBotFaults,
  ...refusalFaults,
  ...besideFaults,
  ...routingFaults,
  ...transferTokenFaults,
  ...transferAnswerFaults,
  ...callbackFaults,
  ...callbackAddressFaults,
];
