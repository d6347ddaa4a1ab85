// What the requests of a run that went wrong probably have in common, and what that explains. Says nothing where nothing
// explains several of them.
import { curl } from '../../evidence/curl.ts';
import { catalogue } from '../../protocol/catalogue.ts';
import { grouped } from '../../text/count.ts';
import { checksByRequirement } from '../checks-by-requirement.ts';
import type { ScenarioResult } from '../collector.ts';
import { eventOf } from '../lost-requests.ts';
import type { ProbableCause } from '../report-types.ts';
import { placeOf } from '../requirement-report.ts';
import type { SentExchange } from '../scenario-record.ts';
import { type Explanation, explanations, type Item, type Trait } from './common-traits.ts';
import { type Past, withPast } from './past.ts';
import { traitsOf } from './traits.ts';
import { type Found, foundIn, type JudgedExchange, type Trouble, troubles } from './troubles.ts';

interface Request extends JudgedExchange {
  past: Past;
  result: ScenarioResult;
}

/** A request, and whether it went wrong in the way that is looked at. */
type Case = Request & Item;

interface Cause {
  trouble: Trouble;
  explanation: Explanation<Case>;
  /** All requests that could have gone wrong like this. */
  cases: readonly Case[];
}

const atMost = 3;

/** The most far-reaching first. */
export function probableCauses(results: readonly ScenarioResult[]): ProbableCause[] {
  const requests = results.flatMap(requestsOf);
  const causes = troubles.flatMap((trouble) => causesOf(trouble, requests));
  return withRequirements(causes, results).slice(0, atMost);
}

function causesOf(trouble: Trouble, requests: readonly Request[]): Cause[] {
  const verdicts = trouble.areBad(requests);
  const judged = requests.flatMap((request, index) => {
    const isBad = verdicts[index];
    return isBad === undefined ? [] : [{ ...request, isBad }];
  });
  // Most runs end here: what the requests are like is looked at only when some went wrong.
  const bad = judged.filter(({ isBad }) => isBad);
  if (bad.length < 2) return [];
  const answers = [...new Set(bad.map(trouble.answerOf))].join(' ');
  const ofTime = timeTrait(judged);
  const cases = judged.map((one) => {
    const traits = traitsOf(one.exchange, one.past).map((trait) => asNamed(trait, answers));
    return { ...one, traits: [...traits, ...ofControls(one), ...ofTime(one)] };
  });
  return explanations(cases, atMost).map((explanation) => ({ trouble, explanation, cases }));
}

/** What controls have shown, where nothing that can be seen in the requests explains as many. */
function ofControls({ found }: Request): Trait[] {
  return [...found.acceptedForms].map((form) => ({
    words: `that the tenant accepts ${form}`,
    rank: 100,
    // It says enough alone.
    detail: 4,
  }));
}

/** So many requests in a row go wrong when a tenant has broken down, after so many that went well. */
const manyInARow = 10;
/** A tenant that has broken down answers no kind of request: of fewer kinds, the kind is the reason. */
const fewestKinds = 3;

/** From when on all requests went wrong, if others went well before. */
function timeTrait(judged: readonly (Request & { isBad: boolean })[]): (one: Request) => Trait[] {
  const startOf = ({ exchange }: Request) => exchange.startedAt;
  const good = judged.filter(({ isBad }) => !isBad).map(startOf);
  const lastGood = good.reduce((last, start) => Math.max(last, start), 0);
  const isAfter = (one: Request) => startOf(one) > lastGood;
  const after = judged.filter(isAfter);
  const kinds = new Set(after.map(({ exchange }) => eventOf(exchange)));
  if (Math.min(good.length, after.length) < manyInARow || kinds.size < fewestKinds) return () => [];
  const start = after.map(startOf).reduce((one, other) => Math.min(one, other));
  const time = new Date(start).toISOString().slice(11, 19);
  const trait = { words: `sent from ${time} UTC on`, rank: 130, detail: 3 };
  return (one) => (isAfter(one) ? [trait] : []);
}

/** Of two explanations that are equally good, the one is given whose field the tenant names itself. */
function asNamed(trait: Trait, answers: string): Trait {
  const [, field] = /^with(?:out)? (?!the\b)(\w{3,})/.exec(trait.words) ?? [];
  const isNamed = field !== undefined && new RegExp(`\\b${field}\\b`, 'i').test(answers);
  return isNamed ? { ...trait, rank: trait.rank - 5 } : trait;
}

/** Leaves out what the tenant has sent, and what followed a refusal: it may have been refused for that alone. */
function requestsOf(result: ScenarioResult): Request[] {
  const { exchanges = [], checks = [] } = result.record ?? {};
  const found = exchanges.map((_, index) => index).map(foundIn(checks));
  return withPast(exchanges)
    .map(({ exchange, past }, index) => {
      const acceptedForms = formsOf(exchanges, found, index);
      return { exchange, past, result, found: { ...found[index]!, acceptedForms } };
    })
    .filter(({ exchange, past }) => !exchange.isCallback && !past.isBroken);
}

/** Of a request that was sent once more, or with plain values, the last one is judged for all. */
function formsOf(exchanges: readonly SentExchange[], found: readonly Found[], index: number): Set<string> {
  const { label } = exchanges[index]!;
  const isSame = (other: SentExchange) => other.label === label || other.label.startsWith(`${label}, `);
  const judged = found.slice(index).find((_, after) => {
    return isSame(exchanges[index + after]!) && found[index + after]!.acceptedForms.size > 0;
  });
  return new Set(judged?.acceptedForms);
}

/** Sorts the causes by how much they explain, and names the requirements. */
function withRequirements(causes: readonly Cause[], results: readonly ScenarioResult[]): ProbableCause[] {
  const byRequirement = checksByRequirement(results);
  const undecided = catalogue.flatMap(({ id }) => {
    const bad = (byRequirement.get(id) ?? []).filter(({ check }) =>
      ['fail', 'warning', 'inconclusive'].includes(check.verdict),
    );
    return bad.length > 0 ? [{ id, scenarios: bad.map(({ result }) => result) }] : [];
  });
  const left = new Set(undecided);
  const explained = new Set<ScenarioResult>();
  const reach = ({ explanation }: Cause) => new Set(explanation.bad.map(({ result }) => result));
  return [...causes]
    .sort((a, b) => reach(b).size - reach(a).size || b.explanation.bad.length - a.explanation.bad.length)
    .map((cause) => {
      for (const result of reach(cause)) explained.add(result);
      const requirements = [...left].filter(({ scenarios }) => scenarios.every((one) => explained.has(one)));
      for (const one of requirements) left.delete(one);
      return causeOf(
        cause,
        requirements.map(({ id }) => id),
      );
    });
}

function causeOf({ trouble, explanation, cases }: Cause, requirements: string[]): ProbableCause {
  const { bad } = explanation;
  const first = bad.reduce((one, other) => (other.exchange.startedAt < one.exchange.startedAt ? other : one));
  return {
    message: messageOf(trouble, explanation, cases),
    requests: bad.length,
    first: {
      event: first.exchange.label,
      scenario: placeOf(first.result),
      repeat: curl(first.exchange.request),
    },
    requirements,
  };
}

/** "37 of 37 requests with the transfer type in upper case were refused (400 "unknown"); of the 812 others, none" */
function messageOf(
  { nouns, became, answerOf }: Trouble,
  { traits, bad, good }: Explanation<Case>,
  cases: readonly Case[],
): string {
  const all = bad.length + good;
  const counts = all === bad.length ? `all ${grouped(all)}` : `${grouped(bad.length)} of ${grouped(all)}`;
  const answers = [...Map.groupBy(bad, answerOf)].sort((a, b) => b[1].length - a[1].length);
  const [answer, most] = answers[0]!;
  const mostly = most.length === bad.length ? '' : `${grouped(most.length)} of them with `;
  const others = cases.length - all;
  const badOthers = cases.filter(({ isBad }) => isBad).length - bad.length;
  const rest =
    others === 1
      ? `the other one ${badOthers === 0 ? 'was not' : 'was as well'}`
      : `of the ${grouped(others)} others, ${badOthers === 0 ? 'none' : grouped(badOthers)}`;
  return `${counts} ${[nouns, ...inOrder(traits)].join(' ')} ${became} (${mostly}${answer})${others === 0 ? '' : `; ${rest}`}`;
}

/** "to the hooks" before "with a redial entry" before "after a cold transfer". */
function inOrder(traits: readonly Trait[]): string[] {
  return [...traits].sort((a, b) => place(a) - place(b)).map(({ words }) => words);
}

function place({ words, rank }: Trait): number {
  if (/^to /.test(words)) return -200;
  return rank >= 1 && rank < 2 ? -100 : rank;
}
