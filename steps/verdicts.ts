// What a scenario expects of the answers it has got.
import {
  brief,
  decidedByTheAnswer,
  isAccepted,
  isSuccess,
  judgeAccepted,
  parseJson,
} from '../src/protocol/answers.ts';
import type { RequirementId } from '../src/protocol/catalogue.ts';
import { claimOf } from '../src/protocol/claim-of-request.ts';
import { broken, finding, holds, type Judgement, together } from '../src/protocol/finding.ts';
import { decidedByRefusal, refusalCheck, undecidedByRefusal } from '../src/protocol/refusals.ts';
import { untimelyByMs } from '../src/tenant/tokens.ts';
import type { Outcome } from '../src/verdict/policy.ts';
import { type ScenarioLog, whyUnanswered } from '../src/verdict/scenario.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { Attempt } from './attempts.ts';
import { chargeOf } from './charge.ts';
import { expectedWrong } from './expected-wrong.ts';
import { plainerBreach } from './plainer-breach.ts';
import { inWords } from './refused-request.ts';
import { spoiltTwin } from './spoilt-twin.ts';
import type { ConformanceWorld } from './world.ts';

/**
 * The tenant must have accepted every request. A refusal breaks the requirement that the controls point at: what the scenario
 * is tagged with is not decided then, unless it is just that. Of several tags, the one that the refused request is about counts.
 */
export async function expectAccepted(world: ConformanceWorld): Promise<void> {
  const { scenario } = world;
  const { claims } = scenario;
  if (claims.length === 0)
    throw new Error('A scenario that expects acceptance needs the tag of the requirement that asks for it');
  const unjudged = scenario.sent.filter(({ judged }) => !judged);
  const isRefused = unjudged.some(({ raw }) => !isSuccess(raw.answer!));
  const judgements = [];
  for (const sent of unjudged) {
    const claim = claimOf(claims, parseJson(sent.raw.request.body ?? ''));
    const judgement = await judged(world, sent, claim);
    judgements.push({ sent, judgement: isRefused ? without(claim, judgement) : judgement });
  }
  decideAll(scenario, judgements);
  scenario.settle();
}

/** @param claim what the request is about */
export async function judged(world: ConformanceWorld, sent: Sent, claim: RequirementId): Promise<Judgement> {
  const answer = sent.raw.answer!;
  if (isSuccess(answer)) return judgeAccepted(answer, claim, '');
  const { requirement, why, form } = await chargeOf(world, sent, claim);
  const { checked, findings } = judgeAccepted(
    answer,
    requirement,
    [inWords(sent), why].filter(Boolean).join('; '),
  );
  return { checked, findings: findings.map((found) => (form ? { ...found, acceptedForm: form } : found)) };
}

/** Where one event was refused, the others do not show what the scenario is about; what any answer shows, they do. */
export function without(claim: RequirementId, { checked, findings }: Judgement): Judgement {
  const isShown = (id: RequirementId) =>
    id !== claim || decidedByTheAnswer.includes(id) || findings.some(({ requirement }) => requirement === id);
  return { checked: checked.filter(isShown), findings };
}

/**
 * When the tenant has accepted every request (where a success of another form is known, that counts), each requirement that the scenario claims holds, unless a finding says
 * otherwise or only the form of an answer can decide it.
 */
export function decideAll(scenario: ScenarioLog, judgements: { judgement: Judgement; sent: Sent }[]): void {
  scenario.decide(judgements);
  const isTaken = ({ sent }: { sent: Sent }) =>
    isAccepted(sent.raw.answer!) || (scenario.breachesAreKnown() && isSuccess(sent.raw.answer!));
  if (!judgements.every(isTaken)) return;
  const broken = judgements.flatMap(({ judgement }) => judgement.findings.map((found) => found.requirement));
  const held = scenario.claims.filter(
    (claim) => !broken.includes(claim) && !decidedByTheAnswer.includes(claim),
  );
  scenario.decide([{ judgement: holds(...held) }]);
}

/** The tenant must refuse each faulty request and accept its twin: only then does the refusal count. */
export async function expectRefused(world: ConformanceWorld): Promise<void> {
  const { scenario, attempts } = world;
  const { id, check } = refusalCheck(scenario.claims);
  if (attempts.length === 0) throw new Error('No request was sent that the tenant could refuse');
  const judgements: { sent: Sent; judgement: Judgement }[] = [];
  const plainer = new Map<string, Awaited<ReturnType<typeof plainerBreach>>>();
  /** Whether another requirement explains a wrong answer. */
  let hasAnother = false;
  let spoilt: Awaited<ReturnType<typeof spoiltTwin>>;
  const judge = async (attempt: Attempt) => {
    const { sent, wrong } = attempt;
    const { onceItsTwinIsAccepted: judgement } = check(sent.raw.answer!, wrong);
    // The same for all that are answered so.
    const answered = `${sent.raw.answer!.status} ${isAccepted(sent.raw.answer!)}`;
    if (judgement.findings.length > 0 && !plainer.has(answered))
      plainer.set(answered, await plainerBreach(world, attempt, id));
    const another =
      judgement.findings.length > 0
        ? (plainer.get(answered) ?? (await expectedWrong(world, attempt)))
        : undefined;
    hasAnother ||= another !== undefined;
    judgements.push({ sent, judgement: another ? ofAnother(judgement, another) : judgement });
  };
  const inconclusive: { outcome: Outcome; reason: string }[] = [];
  const showsNothing = (reason: string) => inconclusive.push({ outcome: 'the answer shows nothing', reason });
  const unmet = firstRefused(notAttempted(world));
  if (unmet) inconclusive.push({ outcome: 'not reached', reason: unmet });
  for (const attempt of [...attempts]) {
    const { sent } = attempt;
    sent.judged = true;
    const undecided = undecidedByRefusal(scenario.claims, attempt.fault);
    if (undecided.length > 0) throw new Error(wrongTag(undecided, attempt));
    const unanswered = whyUnanswered(sent);
    const unsure = unanswered ? undefined : mayBeTimely(attempt);
    if (unanswered) inconclusive.push({ outcome: 'transport failed', reason: unanswered });
    else if (unsure) showsNothing(unsure);
    else if (isAccepted(sent.raw.answer!)) await judge(attempt);
    else if (!unmet) {
      const counts = await refusedForItsDefect(world, attempt);
      if (typeof counts === 'string') {
        spoilt ??= await spoiltTwin(world, attempt);
        showsNothing(counts);
      } else await judge(counts);
    }
  }
  // What came before an attempt that was repeated in a conversation of its own.
  const unmetAgain = firstRefused(notAttempted(world));
  if (unmetAgain) inconclusive.push({ outcome: 'not reached', reason: unmetAgain });
  const [first] = inconclusive;
  const isLeftOpen = first !== undefined || hasAnother;
  const shown = (judgement: Judgement) => {
    // It is about all refusals: those that count do not make up for one that shows nothing, or something else.
    return isLeftOpen ? scenario.claims.reduce((left, claim) => without(claim, left), judgement) : judgement;
  };
  scenario.decide([
    ...judgements.map(({ sent, judgement }) => ({ sent, judgement: shown(judgement) })),
    ...(spoilt ? [spoilt] : []),
  ]);
  if (first) scenario.giveUp(first.outcome, first.reason);
}

/** The same findings, about a requirement that explains them. Without any, nothing is decided. */
export function ofAnother(
  { findings }: Judgement,
  { requirement, why }: { requirement: RequirementId; why: string },
): Judgement {
  return together(
    findings.map(({ message, expected, actual }) =>
      broken(finding(requirement, `${message}; ${why}`, expected, actual)),
    ),
  );
}

/** As expectRefused, for one request in a form that a tenant need not take. @returns skipped when it does not */
export async function expectRefusedIfTaken(world: ConformanceWorld): Promise<'skipped' | undefined> {
  const [attempt] = world.attempts;
  const answer = attempt?.sent.raw.answer;
  if (attempt && answer && !isAccepted(answer)) {
    const twin = await world.sendTwin(attempt.twin);
    if (!isAccepted(twin.raw.answer!)) {
      attempt.sent.judged = true;
      const { label } = attempt.sent;
      world.scenario.notApplicable(`${label}: refused, but so is the same request put right, as it may be`);
      return 'skipped';
    }
  }
  await expectRefused(world);
  return undefined;
}

/**
 * Whether a refusal counts: its twin is accepted. When the twin of several is not, one of them may have spoilt it for the
 * others, so the attempt is repeated in a conversation of its own.
 * @returns the attempt that counts, or why none does
 */
async function refusedForItsDefect(world: ConformanceWorld, attempt: Attempt): Promise<Attempt | string> {
  const twin = await world.sendTwin(attempt.twin);
  if (isAccepted(twin.raw.answer!)) return attempt;
  const shared = world.attempts.filter((other) => other.twin === attempt.twin);
  attempt.twin.alone ??= { accepted: 0, refused: 0 };
  const known = attempt.twin.alone;
  // Of a tenant that refuses it twice, and accepts it never, nothing else is to be expected.
  if (attempt.again && shared.length > 1 && (known.accepted > 0 || known.refused < 2)) {
    const alone = await attempt.again();
    alone.sent.judged = true;
    const unanswered = whyUnanswered(alone.sent);
    if (unanswered) return unanswered;
    if (isAccepted(alone.sent.raw.answer!)) return alone;
    const own = await world.sendTwin(alone.twin);
    const counts = isAccepted(own.raw.answer!);
    known[counts ? 'accepted' : 'refused'] += 1;
    if (counts) return alone;
  }
  const { answer } = twin.shown;
  return `${attempt.sent.label}: refused, but so is the same request put right (${brief(answer!)}), so the refusal shows nothing`;
}

/** The leeway that a tenant may give to clocks: a few minutes, says RFC 7519 (4.1.4, 4.1.5). */
const leewayMs = 300_000;

/** Why a token that was accepted out of its time may be valid by the tenant's clock; undefined when it is not. */
function mayBeTimely({ fault, request, sent }: Attempt): string | undefined {
  const { answer, startedAt } = sent.raw;
  if (fault.token !== 'untimely' || !isAccepted(answer!)) return undefined;
  const tenantsTime = Date.parse(answer!.headers.date ?? '');
  const ahead = tenantsTime - startedAt;
  const towardsIt = request.token === 'a token that is not valid yet' ? ahead : -ahead;
  if (towardsIt < untimelyByMs - leewayMs) return undefined;
  const clock = Number.isNaN(tenantsTime)
    ? 'is not known: its answers have no Date'
    : `says ${answer!.headers.date}`;
  return `${sent.label}: accepted, but the tenant's clock ${clock}, so the token may be valid there`;
}

function wrongTag(undecided: readonly string[], { sent, fault }: Attempt): string {
  const right = decidedByRefusal(fault).join(' or ');
  return `"${sent.label}": its refusal cannot decide ${undecided.join(', ')}; tag the scenario ${right}`;
}

/** What was sent besides the attempts and their twins: they show nothing unless the tenant has accepted it. */
function notAttempted({ attempts, scenario }: ConformanceWorld): Sent[] {
  const attempted = new Set(attempts.map((attempt) => attempt.sent));
  return scenario.sent.filter((sent) => !sent.judged && !attempted.has(sent));
}

/** What the scenario is about can be judged only when the tenant has accepted these. @throws Inconclusive */
export function requireAccepted(scenario: ScenarioLog, needed: Sent[]): void {
  const reason = firstRefused(needed);
  if (reason) scenario.giveUp('not reached', reason);
}

/** @returns which of them was not accepted, and what was answered */
function firstRefused(needed: Sent[]): string | undefined {
  for (const sent of needed) sent.judged = true;
  const refused = needed.find(({ raw }) => !isAccepted(raw.answer!));
  if (!refused) return undefined;
  return `${refused.label}: had to be accepted first, but the tenant answered ${brief(refused.shown.answer!)}`;
}
