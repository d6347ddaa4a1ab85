// What is expected of the answers, once they are there.
import { brief, decidedByTheAnswer, isAccepted, judgeAccepted } from '../src/protocol/answers.ts';
import { holds, type Judgement } from '../src/protocol/finding.ts';
import { refusalCheck } from '../src/protocol/refusals.ts';
import type { ScenarioLog, Sent } from '../src/verdict/scenario.ts';
import type { Attempt, ConformanceWorld } from './world.ts';

/** Everything sent so far has to be accepted; a refusal breaks what the scenario is tagged with. */
export function expectAccepted({ scenario }: ConformanceWorld): void {
  const [first] = scenario.claims;
  if (!first)
    throw new Error('A scenario that expects acceptance is tagged with the requirement that says so');
  const judgements = scenario.sent
    .filter((sent) => !sent.judged)
    .map((sent) => ({ sent, judgement: judgeAccepted(sent.raw.answer!, first) }));
  decideAll(scenario, judgements);
}

/**
 * Whatever the scenario claims is shown when every request got through: then it is either said by no finding, or the
 * finding is one that is tolerated and speaks of another requirement.
 */
export function decideAll(scenario: ScenarioLog, judgements: { judgement: Judgement; sent: Sent }[]): void {
  scenario.decide(judgements);
  if (!judgements.every(({ sent }) => isAccepted(sent.raw.answer!))) return;
  const broken = judgements.flatMap(({ judgement }) => judgement.findings.map((found) => found.requirement));
  const shown = scenario.claims.filter(
    (claim) => !broken.includes(claim) && !decidedByTheAnswer.includes(claim),
  );
  scenario.decide([{ judgement: holds(...shown) }]);
}

/** Each faulty request has to be refused, and its twin accepted: only then does the refusal count. */
export async function expectRefused(world: ConformanceWorld): Promise<void> {
  const { scenario } = world;
  const { check } = refusalCheck(scenario.claims);
  const judgements = [];
  const meaningless: string[] = [];
  for (const attempt of attemptsOf(world)) {
    const { sent, wrong } = attempt;
    const { onceItsTwinIsAccepted: judgement } = check(sent.raw.answer!, wrong);
    const twin = isAccepted(sent.raw.answer!) ? undefined : await world.sendTwin(attempt);
    if (!twin || isAccepted(twin.raw.answer!)) judgements.push({ sent, judgement });
    else
      meaningless.push(
        `${sent.label}: refused, but so is the same request put right (${brief(twin.shown.answer!)})`,
      );
  }
  scenario.decide(judgements);
  if (meaningless[0])
    scenario.giveUp('the twin was not accepted', `${meaningless[0]}, so that shows nothing`);
}

/** What had to be sent before an attempt must have been accepted, or the attempt shows nothing. */
function attemptsOf({ attempts, scenario }: ConformanceWorld): Attempt[] {
  if (attempts.length === 0) throw new Error('No request has been sent that the tenant could refuse');
  const attempted = new Set(attempts.map((attempt) => attempt.sent));
  needAccepted(
    scenario,
    scenario.sent.filter((sent) => !sent.judged && !attempted.has(sent)),
  );
  return attempts;
}

/** Without these having been accepted, what the scenario is about cannot be judged. @throws Inconclusive */
export function needAccepted(scenario: ScenarioLog, before: Sent[]): void {
  for (const sent of before) {
    sent.judged = true;
    if (isAccepted(sent.raw.answer!)) continue;
    const reason = `${sent.label}: had to be accepted first, but the tenant answered ${brief(sent.shown.answer!)}`;
    scenario.giveUp('not reached', reason);
  }
}
