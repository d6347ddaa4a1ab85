// What a scenario expects of the answers it has got.
import { brief, decidedByTheAnswer, isAccepted, judgeAccepted } from '../src/protocol/answers.ts';
import { holds, type Judgement } from '../src/protocol/finding.ts';
import { decidedByRefusal, refusalCheck, undecidedByRefusal } from '../src/protocol/refusals.ts';
import { expiredForMs } from '../src/tenant/signer.ts';
import type { ScenarioLog, Sent } from '../src/verdict/scenario.ts';
import type { Attempt, ConformanceWorld } from './world.ts';

/** The tenant must have accepted every request; a refusal breaks the requirement that the scenario is tagged with. */
export function expectAccepted({ scenario }: ConformanceWorld): void {
  const [first] = scenario.claims;
  if (!first)
    throw new Error('A scenario that expects acceptance needs the tag of the requirement that asks for it');
  const judgements = scenario.sent
    .filter((sent) => !sent.judged)
    .map((sent) => ({ sent, judgement: judgeAccepted(sent.raw.answer!, first) }));
  decideAll(scenario, judgements);
}

/**
 * When the tenant has accepted every request, each requirement that the scenario claims holds, unless a finding says
 * otherwise or only the form of an answer can decide it.
 */
export function decideAll(scenario: ScenarioLog, judgements: { judgement: Judgement; sent: Sent }[]): void {
  scenario.decide(judgements);
  if (!judgements.every(({ sent }) => isAccepted(sent.raw.answer!))) return;
  const broken = judgements.flatMap(({ judgement }) => judgement.findings.map((found) => found.requirement));
  const held = scenario.claims.filter(
    (claim) => !broken.includes(claim) && !decidedByTheAnswer.includes(claim),
  );
  scenario.decide([{ judgement: holds(...held) }]);
}

/** The tenant must refuse each faulty request and accept its twin: only then does the refusal count. */
export async function expectRefused(world: ConformanceWorld): Promise<void> {
  const { scenario } = world;
  const { check } = refusalCheck(scenario.claims);
  const judgements = [];
  const inconclusive: string[] = [];
  for (const attempt of attemptsOf(world)) {
    const { sent, wrong } = attempt;
    const undecided = undecidedByRefusal(scenario.claims, attempt.fault);
    if (undecided.length > 0) throw new Error(wrongTag(undecided, attempt));
    const unsure = mayNotHaveExpired(attempt);
    if (unsure) {
      sent.judged = true;
      inconclusive.push(unsure);
      continue;
    }
    const { onceItsTwinIsAccepted: judgement } = check(sent.raw.answer!, wrong);
    const twin = isAccepted(sent.raw.answer!) ? undefined : await world.sendTwin(attempt);
    if (!twin || isAccepted(twin.raw.answer!)) judgements.push({ sent, judgement });
    else
      inconclusive.push(
        `${sent.label}: refused, but so is the same request put right (${brief(twin.shown.answer!)}), so the refusal shows nothing`,
      );
  }
  scenario.decide(judgements);
  if (inconclusive[0]) scenario.giveUp('the answer shows nothing', inconclusive[0]);
}

/** Why an expired token that was accepted may be valid by the tenant's clock; undefined when it is not. */
function mayNotHaveExpired({ fault, sent }: Attempt): string | undefined {
  const { answer, startedAt } = sent.raw;
  if (fault.token !== 'expired' || !isAccepted(answer!)) return undefined;
  const tenantsTime = Date.parse(answer!.headers.date ?? '');
  if (tenantsTime >= startedAt - expiredForMs) return undefined;
  const clock = Number.isNaN(tenantsTime)
    ? 'is not known: its answers have no Date'
    : `says ${answer!.headers.date}`;
  return `${sent.label}: accepted, but the tenant's clock ${clock}, so the token may not have expired there`;
}

function wrongTag(undecided: readonly string[], { sent, fault }: Attempt): string {
  const right = decidedByRefusal(fault).join(' or ');
  return `"${sent.label}": its refusal cannot decide ${undecided.join(', ')}; tag the scenario ${right}`;
}

/** The attempts; they show nothing unless the tenant has accepted what was sent before them. @throws Inconclusive */
function attemptsOf({ attempts, scenario }: ConformanceWorld): Attempt[] {
  if (attempts.length === 0) throw new Error('No request was sent that the tenant could refuse');
  const attempted = new Set(attempts.map((attempt) => attempt.sent));
  requireAccepted(
    scenario,
    scenario.sent.filter((sent) => !sent.judged && !attempted.has(sent)),
  );
  return attempts;
}

/** What the scenario is about can be judged only when the tenant has accepted these. @throws Inconclusive */
export function requireAccepted(scenario: ScenarioLog, needed: Sent[]): void {
  for (const sent of needed) {
    sent.judged = true;
    if (isAccepted(sent.raw.answer!)) continue;
    const reason = `${sent.label}: had to be accepted first, but the tenant answered ${brief(sent.shown.answer!)}`;
    scenario.giveUp('not reached', reason);
  }
}
