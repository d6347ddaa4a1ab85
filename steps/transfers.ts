// How a transfer is asked for over assign-conversation, and what is expected of it.
import { isAccepted } from '../src/protocol/answers.ts';
import {
  type Assignment,
  assignmentParameters,
  judgeAssigned,
  judgeCallback,
} from '../src/protocol/assignment.ts';
import type { RequirementId } from '../src/protocol/catalogue.ts';
import { unknownBotId } from '../src/protocol/endpoints.ts';
import { withDefect } from '../src/protocol/mutations.ts';
import type { ReceivedDelivery } from '../src/tenant/callback-inbox.ts';
import type { Exchange } from '../src/tenant/exchange.ts';
import type { Settings } from '../src/tenant/settings.ts';
import type { TokenKind } from '../src/tenant/signer.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import { askWith } from './probes.ts';
import { decideAll, needAccepted } from './verdicts.ts';
import type { ConformanceWorld } from './world.ts';

export type Target = 'agent' | 'queue';
export type ParametersIn = Settings['assignParametersIn'];

/** After the first delivery, how long a second one is waited for: an outcome is posted once. */
const settleMs = 1000;

export async function requestTransfer(world: ConformanceWorld, target: Target): Promise<void> {
  const { assignment, callbackKey } = await newAssignment(world, target);
  const sent = await world.transmit(
    onTheWire(world, assignmentParameters(assignment)),
    `transfer to the ${target}`,
  );
  world.transfers.push({ assignment, callbackKey, sent });
}

/** Well-formed parameters of a transfer, with a callbackUrl of their own. */
export async function transferParameters(world: ConformanceWorld, target: Target): Promise<object> {
  return assignmentParameters((await newAssignment(world, target)).assignment);
}

/** Sends a transfer with a fault; `right` are the parameters of its twin. */
export async function tryTransfer(
  world: ConformanceWorld,
  wrong: string,
  right: object,
  faulty: { parameters: object; token?: TokenKind; unknownStream?: boolean },
): Promise<void> {
  const { parameters, key } = await withOwnCallback(world, faulty.parameters);
  const request: TenantRequest = {
    ...onTheWire(world, parameters),
    ...(faulty.token ? { token: faulty.token } : {}),
    ...(faulty.unknownStream ? { botId: unknownBotId } : {}),
  };
  await world.tryWrong(wrong, request, onTheWire(world, right), 'transfer');
  // What is refused must not be carried out. What is accepted, although it should not be, may well have an outcome.
  const { answer } = world.attempts.at(-1)!.sent.raw;
  if (key && !isAccepted(answer!)) world.session.inbox.refused(key);
}

/** What is left out of a transfer to find out whether it is needed. */
export const omissions = ['the accountid header', 'transferredType'] as const;

export type Omission = (typeof omissions)[number];

/** Sends a transfer that the tenant may carry out or refuse; an outcome that is posted for it is no one's concern. */
export async function askForTransfer(
  world: ConformanceWorld,
  question: string,
  target: Target,
  { parametersIn, without }: { parametersIn?: ParametersIn; without?: Omission },
): Promise<void> {
  const whole = assignmentParameters((await newAssignment(world, target)).assignment);
  const parameters =
    without === 'transferredType' ? withDefect(whole, 'transferredType', { kind: 'left out' }) : whole;
  const { accountId, ...request } = onTheWire(world, parameters, parametersIn);
  const account = accountId === undefined || without === 'the accountid header' ? {} : { accountId };
  await askWith(world, question, { ...request, ...account }, `transfer to the ${target}`);
}

/** With a callbackUrl that no other request has, unless there is none on purpose. */
async function withOwnCallback(
  world: ConformanceWorld,
  parameters: object,
): Promise<{ parameters: object; key?: string }> {
  if (!('callbackUrl' in parameters) || parameters.callbackUrl === '') return { parameters };
  const { key, path } = await world.session.inbox.register();
  return {
    parameters: { ...parameters, callbackUrl: `${world.session.settings.callback.publicUrl}${path}` },
    key,
  };
}

export function expectTransferred(world: ConformanceWorld): void {
  const [claim] = world.scenario.claims as [RequirementId, ...RequirementId[]];
  const judgements = world.transfers.map(({ sent, assignment }) => ({
    sent,
    judgement: judgeAssigned(sent.raw.answer!, assignment, claim),
  }));
  decideAll(world.scenario, judgements);
}

export async function expectOutcomes(world: ConformanceWorld): Promise<void> {
  const deadlineMs = world.session.settings.callback.timeoutMs;
  needAccepted(
    world.scenario,
    world.transfers.map(({ sent }) => sent),
  );
  const judgements = await Promise.all(
    world.transfers.map(async ({ assignment, callbackKey, sent }) => {
      const deliveries = await world.session.inbox.wait(callbackKey, { deadlineMs, settleMs });
      // What comes from now on is one too many; the run reports it at its end.
      world.session.inbox.forget(callbackKey);
      const asText = deliveries.map((delivery) => {
        world.keep(exchangeOf(delivery, assignment.callbackUrl), `outcome of the ${sent.label}`).judged =
          true;
        const { method, contentType = '', body } = delivery;
        return { method, contentType, body: world.session.redact(body.toString('utf8')) };
      });
      return { sent, judgement: judgeCallback(asText, assignment, deadlineMs) };
    }),
  );
  world.scenario.decide(judgements);
}

async function newAssignment(
  world: ConformanceWorld,
  target: Target,
): Promise<{ assignment: Assignment; callbackKey: string }> {
  const { routing, callback } = world.session.settings;
  const { key, path } = await world.session.inbox.register();
  const assignment: Assignment = {
    callbackUrl: `${callback.publicUrl}${path}`,
    orgId: routing.orgId!,
    botSessionId: routing.botSessionId!,
    target: target === 'agent' ? { aId: routing.agentId! } : { queueId: routing.queueId! },
  };
  return { assignment, callbackKey: key };
}

/** in the body, or in the query, as the profile says. X-24: the account is sent when it is configured. */
function onTheWire(
  world: ConformanceWorld,
  parameters: object,
  parametersIn = world.session.settings.assignParametersIn,
): TenantRequest {
  const { routing } = world.session.settings;
  return {
    to: 'assign-conversation',
    ...(parametersIn === 'body'
      ? { body: parameters }
      : { query: parameters as Record<string, string>, body: {} }),
    ...(routing.accountId ? { accountId: routing.accountId } : {}),
  };
}

/** A delivery in the form of evidence: here the tenant asks, and the harness answers. */
function exchangeOf({ method, headers, body, receivedAt }: ReceivedDelivery, url: string): Exchange {
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return {
    request: { method, url, headers: Object.fromEntries(named), body: body.toString('utf8') },
    startedAt: receivedAt,
    durationMs: 0,
    attempts: 1,
    answer: { status: 200, headers: {}, body: '' },
  };
}
