// What is expected of the answers, once they are there.
import { brief, isAccepted, judgeAccepted } from '../src/protocol/answers.ts';
import type { RequirementId } from '../src/protocol/catalogue.ts';
import { holds, type Judgement } from '../src/protocol/finding.ts';
import { refusalCheck } from '../src/protocol/refusals.ts';
import type { ScenarioLog, Sent } from '../src/verdict/scenario.ts';
import type { Attempt, ConformanceWorld } from './world.ts';

/** Everything sent so far has to be accepted; a refusal breaks what the scenario is tagged with. */
export function expectAccepted({ scenario }: ConformanceWorld): void {
  const [first, ...others] = scenario.claims;
  if (!first)
    throw new Error('A scenario that expects acceptance is tagged with the requirement that says so');
  const judgements = scenario.sent
    .filter((sent) => !sent.judged)
    .map((sent) => ({ sent, judgement: judgeAccepted(sent.raw.answer!, first) }));
  decideAll(scenario, judgements, others);
}

/** What else the scenario claims is shown when nothing is wrong with any of the answers. */
export function decideAll(
  scenario: ScenarioLog,
  judgements: { judgement: Judgement; sent: Sent }[],
  others: readonly RequirementId[],
): void {
  const nothingWrong = judgements.every(({ judgement }) => judgement.findings.length === 0);
  scenario.decide(nothingWrong ? [...judgements, { judgement: holds(...others) }] : judgements);
}

/** Each faulty request has to be refused, and its twin accepted: only then does the refusal count. */
export async function expectRefused(world: ConformanceWorld): Promise<void> {
  const { scenario } = world;
  const { check } = refusalCheck(scenario.claims);
  const judgements = [];
  const meaningless: string[] = [];
  for (const attempt of attemptsOf(world)) {
    const { sent, wrong } = attempt;
    const judgement = { sent, judgement: check(sent.raw.answer!, wrong) };
    const twin = isAccepted(sent.raw.answer!) ? undefined : await world.sendTwin(attempt);
    if (!twin || isAccepted(twin.raw.answer!)) judgements.push(judgement);
    else
      meaningless.push(
        `${sent.label}: refused, but so is the same request put right (${brief(twin.shown.answer!)})`,
      );
  }
  scenario.decide(judgements);
  if (meaningless[0])
    scenario.giveUp('the twin was not accepted', `${meaningless[0]}, so that shows nothing`);
}

/** The answer is recorded under the ambiguity that the scenario is tagged with. */
export function expectAnything(world: ConformanceWorld): void {
  for (const { sent, label, wrong } of attemptsOf(world)) {
    sent.judged = true;
    for (const ambiguity of world.place.ambiguities) {
      const question = `${label.split(',')[0]}: ${wrong}`;
      world.scenario.observe({ ambiguity, question, answer: brief(sent.raw.answer!) });
    }
  }
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
