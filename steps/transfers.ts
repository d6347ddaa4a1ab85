// How a scenario requests a transfer by assign-conversation, and what it expects of the outcome.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Assignment, assignmentParameters } from '../src/protocol/assignment.ts';
import { type Delivery, isOutcome, judgeCallback } from '../src/protocol/callback.ts';
import { type AddressForm, callbackAddress, ownPart } from '../src/protocol/callback-address.ts';
import type { RequirementId } from '../src/protocol/catalogue.ts';
import { unknownBotId } from '../src/protocol/endpoints.ts';
import type { Judgement } from '../src/protocol/finding.ts';
import { withDefect } from '../src/protocol/mutations.ts';
import { sentence } from '../src/protocol/problems.ts';
import { assignmentProblems } from '../src/protocol/requests.ts';
import type { ReceivedDelivery } from '../src/tenant/callback-inbox.ts';
import { rootKey } from '../src/tenant/callback-path.ts';
import { notKnownReachable } from '../src/tenant/callback-reach.ts';
import type { Exchange } from '../src/tenant/exchange.ts';
import type { Settings } from '../src/tenant/settings.ts';
import type { AuthHeader, TenantRequest } from '../src/tenant/tenant.ts';
import type { TokenKind } from '../src/tenant/tokens.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { isRefused, type Twin } from './attempts.ts';
import { ownCallback } from './own-callback.ts';
import { askWith } from './probes.ts';
import { requireAccepted } from './verdicts.ts';
import type { ConformanceWorld } from './world.ts';

export type Target = 'agent' | 'queue';
export type ParametersIn = Settings['assignParametersIn'];

/** How long to wait for a second delivery after the first: an outcome is posted once. */
const settleMs = 1000;

/** @param form what is special about the address of its outcome */
export async function requestTransfer(
  world: ConformanceWorld,
  target: Target,
  form?: AddressForm,
): Promise<void> {
  const { assignment, callbackKey } = await newAssignment(world, target, form);
  const request = assignRequest(world, assignmentParameters(assignment));
  const address = form ? ` whose callbackUrl has ${form}` : '';
  const sent = await world.sendTransfer(request, `transfer to the ${target}${address}`);
  world.transfers.push({ assignment, callbackKey, sent });
}

/** Well-formed parameters of a transfer, with a callbackUrl of their own. */
export async function transferParameters(world: ConformanceWorld, target: Target): Promise<object> {
  return assignmentParameters((await newAssignment(world, target)).assignment);
}

/** A transfer with a defect. */
export interface FaultyTransfer {
  wrong: string;
  parameters: object;
  token?: TokenKind;
  unknownStream?: boolean;
}

/** Transfers without one parameter each, and with an empty one; its type is not required with every target. */
export function withoutEachParameter(right: object): FaultyTransfer[] {
  const required = Object.keys(right).filter((parameter) => parameter !== 'transferredType');
  return required
    .flatMap((parameter) => [
      withDefect(right, parameter, { kind: 'left out' }),
      withDefect(right, parameter, { kind: 'empty' }),
    ])
    .map((parameters) => ({ wrong: assignmentProblems(parameters).map(sentence).join('; '), parameters }));
}

/**
 * Sends transfers with a defect each, which share a twin.
 * @param right the parameters of the twin
 * @param form of all of them
 */
export async function tryTransfers(
  world: ConformanceWorld,
  right: object,
  faulty: readonly FaultyTransfer[],
  form: TransferForm = {},
): Promise<void> {
  const twin: Twin = { label: 'transfer', request: inForm(world, right, form) };
  for (const { wrong, parameters: given, token, unknownStream } of faulty) {
    const { parameters, key } = await withOwnCallback(world, given);
    const request: TenantRequest = {
      ...inForm(world, parameters, form),
      ...(token ? { token } : {}),
      ...(unknownStream ? { botId: unknownBotId } : {}),
    };
    const attempt = await world.tryFaulty({ wrong, request }, twin);
    // A refused transfer must not be carried out; one that is wrongly accepted may have an outcome.
    if (key && isRefused(attempt)) world.session.inbox.refused(key, brokenIfCarriedOut(world, token));
  }
}

/** A refusal in words alone authorises the transfer all the same. */
function brokenIfCarriedOut({ tags }: ConformanceWorld, token: TokenKind | undefined): RequirementId {
  const ofToken = tags.claims.find((id) => id.startsWith('ASSIGN-AUTH-'));
  return (token && ofToken) || 'ASSIGN-CB-02';
}

/** What may be left out of a transfer, to find out whether the tenant needs it. */
export const omissions = ['the accountid header', 'transferredType'] as const;

export type Omission = (typeof omissions)[number];

/** What documents and samples say differently of a transfer. */
export interface TransferForm {
  parametersIn?: ParametersIn;
  without?: Omission;
}

export const transferForms = {
  'without the accountid header': { without: 'the accountid header' },
  'without transferredType': { without: 'transferredType' },
  'with its parameters in the query': { parametersIn: 'query' },
} as const satisfies Record<string, TransferForm>;

export type TransferFormName = keyof typeof transferForms;

function inForm(world: ConformanceWorld, whole: object, form: TransferForm): TenantRequest {
  const parameters =
    form.without === 'transferredType' ? withDefect(whole, 'transferredType', { kind: 'left out' }) : whole;
  const { accountId, ...request } = assignRequest(world, parameters, form.parametersIn);
  const isSent = accountId !== undefined && form.without !== 'the accountid header';
  return isSent ? { ...request, accountId } : request;
}

/** Sends a transfer that the tenant may carry out or refuse; an outcome that is posted for it is ignored. */
export async function askForTransfer(
  world: ConformanceWorld,
  question: string,
  target: Target,
  { authHeader, ...form }: TransferForm & { authHeader?: AuthHeader },
): Promise<void> {
  const whole = assignmentParameters((await newAssignment(world, target)).assignment);
  world.ownFlows.checkTransfer(whole, question);
  const header = authHeader === undefined ? {} : { authHeader };
  await askWith(world, question, { ...inForm(world, whole, form), ...header }, `transfer to the ${target}`);
}

/** Replaces the callbackUrl by one of its own, unless it is missing or empty on purpose. */
async function withOwnCallback(
  world: ConformanceWorld,
  parameters: object,
): Promise<{ parameters: object; key?: string }> {
  if (!('callbackUrl' in parameters) || parameters.callbackUrl === '') return { parameters };
  const { key, callbackUrl } = await ownCallback(world.session);
  return { parameters: { ...parameters, callbackUrl }, key };
}

export async function expectOutcomes(world: ConformanceWorld): Promise<void> {
  const deadlineMs = world.session.settings.callback.timeoutMs;
  requireAccepted(
    world.scenario,
    world.transfers.map(({ sent }) => sent),
  );
  const judgements = await Promise.all(
    world.transfers.map(async ({ assignment, callbackKey, sent }) => {
      const outcomes = await postedFor(world, { callbackKey, url: assignment.callbackUrl, sent });
      const judgement = judgeCallback(outcomes, assignment, deadlineMs);
      return { sent, judgement, callbackKey, isSilent: outcomes.length === 0 };
    }),
  );
  const shown = [];
  for (const { isSilent, callbackKey, ...one } of judgements) {
    if (!isSilent || !(await isWithheld(world, callbackKey, one.judgement))) shown.push(one);
  }
  world.scenario.decide(shown);
  if (shown.length < judgements.length) giveUpUnreached(world);
}

/**
 * Nothing came for a transfer. As long as nothing has come for any other, and the listener is not known to be reachable, that
 * says nothing about the tenant.
 */
export async function isWithheld(
  { session }: ConformanceWorld,
  callbackKey: string,
  { findings }: Judgement,
): Promise<boolean> {
  const [found] = findings;
  return found !== undefined && (await session.inbox.withhold(callbackKey, found));
}

/** @throws Inconclusive */
export function giveUpUnreached({ scenario, session }: ConformanceWorld): never {
  const { publicUrl } = session.settings.callback;
  return scenario.giveUp('transport failed', notKnownReachable(`${publicUrl}`));
}

/** What was posted for a transfer: progress is waited over, until an outcome comes or the time is up. */
export async function postedFor(
  world: ConformanceWorld,
  { callbackKey, url, sent }: { callbackKey: string; url: string; sent: Sent },
): Promise<Delivery[]> {
  const { inbox, settings } = world.session;
  const until = performance.now() + settings.callback.timeoutMs;
  let deliveries: ReceivedDelivery[] = [];
  for (;;) {
    const deadlineMs = Math.max(0, until - performance.now());
    deliveries = await inbox.wait(callbackKey, { deadlineMs, settleMs });
    if (deliveries.some(({ body }) => isOutcome(body.toString('utf8'))) || performance.now() >= until) break;
    await sleep(50);
  }
  // A later outcome is one too many; the run reports it at its end.
  inbox.forget(callbackKey);
  return deliveries.map((delivery) => {
    const exchange = exchangeOf(delivery, arrivedAt(delivery, url));
    world.keep(exchange, `outcome of the ${sent.label}`, { isCallback: true }).judged = true;
    const { method, path, contentType = '', body } = delivery;
    return { method, path, contentType, body: world.session.redact(body.toString('utf8')) };
  });
}

export async function newAssignment(
  world: ConformanceWorld,
  target: Target,
  form?: AddressForm,
): Promise<{ assignment: Assignment; callbackKey: string }> {
  const { routing, callback } = world.session.settings;
  const { key, path } = await world.session.inbox.register(form === 'no path' ? rootKey : undefined);
  const assignment: Assignment = {
    callbackUrl: callbackAddress(`${callback.publicUrl}`, path, form),
    ...(form ? { addressForm: form } : {}),
    orgId: routing.orgId!,
    botSessionId: routing.botSessionId!,
    target: target === 'agent' ? { aId: routing.agentId! } : { queueId: routing.queueId! },
  };
  return { assignment, callbackKey: key };
}

/** the profile says whether the parameters go into the body or the query. X-24: sends the account if it is set. */
export function assignRequest(
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

/** The public address that it came to. @param sent the callbackUrl of the request */
function arrivedAt({ path }: ReceivedDelivery, sent: string): string {
  const own = ownPart(sent);
  return (sent.endsWith(own) ? sent.slice(0, -own.length) : sent) + ownPart(path);
}

/** A delivery as an exchange for the evidence: here the tenant sends the request, and the harness answers. */
function exchangeOf({ method, headers, body, receivedAt }: ReceivedDelivery, url: string): Exchange {
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return {
    request: { method, url, headers: Object.fromEntries(texts), body: body.toString('utf8') },
    startedAt: receivedAt,
    durationMs: 0,
    attempts: 1,
    answer: { status: 200, headers: {}, body: '' },
  };
}
