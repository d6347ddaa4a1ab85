// The ways in which a request may go wrong, and whether one did. Goes by the answer itself where no check was about its form:
// not every answer of a scenario is judged.
import { type Answer, isAccepted, judgeAccepted } from '../../protocol/answers.ts';
import type { RequirementId } from '../../protocol/catalogue.ts';
import { answerInBrief } from '../../protocol/observations.ts';
import type { Check, SentExchange } from '../scenario-record.ts';
import { isAssignment } from './traits.ts';

/** What was found in an answer. */
export interface Found {
  /** The requirements of the findings that count. */
  broken: ReadonlySet<RequirementId>;
  /** Whether there are only others: of known deviations, or of what may be refused. */
  isTolerated: boolean;
  /** How the tenant accepts the request, as its controls have shown: "without experience". */
  acceptedForms: ReadonlySet<string>;
}

export interface JudgedExchange {
  exchange: SentExchange;
  found: Found;
}

/** One way to go wrong. */
export interface Trouble {
  /** What the requests are, and what became of the bad ones. */
  nouns: string;
  became: string;
  /** Whether each request went wrong like this; undefined for one that cannot have, or of which it is not known. */
  areBad: (all: readonly JudgedExchange[]) => (boolean | undefined)[];
  /** Named in brackets. */
  answerOf: (judged: JudgedExchange) => string;
}

/** What the checks found in each answer, by the index of its exchange. */
export function foundIn(checks: readonly Check[]): (index: number) => Found {
  const about = Map.groupBy(
    checks.filter(({ finding }) => finding?.exchange !== undefined),
    ({ finding }) => finding!.exchange!,
  );
  return (index) => {
    const all = about.get(index) ?? [];
    const counting = all.filter(({ verdict }) => verdict === 'fail' || verdict === 'warning');
    const broken = new Set(counting.map(({ requirement }) => requirement));
    const forms = counting.flatMap(({ finding }) => finding?.acceptedForm ?? []);
    return { broken, isTolerated: all.length > 0 && counting.length === 0, acceptedForms: new Set(forms) };
  };
}

const inBrief = ({ exchange }: JudgedExchange) => answerInBrief(exchange.answer!);

export const troubles: readonly Trouble[] = [
  {
    nouns: 'requests',
    became: 'were refused',
    areBad: areRefused,
    answerOf: inBrief,
  },
  {
    nouns: 'requests',
    became: 'got no answer that could be judged',
    areBad: (all) => all.map(({ exchange: { due, failure } }) => (due ? failure !== undefined : undefined)),
    answerOf: ({ exchange }) => exchange.failure!.kind,
  },
  {
    nouns: 'requests that are wrong on purpose',
    became: 'were accepted',
    areBad: each('refusal', (answer, { broken }) => {
      // No check asked whether it was refused.
      if (isAccepted(answer)) return broken.size > 0 || undefined;
      return false;
    }),
    answerOf: inBrief,
  },
  {
    nouns: 'requests that are wrong on purpose',
    became: 'were refused in another form than expected',
    areBad: likeTheBad(
      each('refusal', (answer, { broken }) => (isAccepted(answer) ? undefined : broken.size > 0)),
    ),
    answerOf: inBrief,
  },
  {
    nouns: 'requests',
    became: 'were accepted in another form than documented',
    areBad: acceptedInAnotherForm,
    answerOf: inBrief,
  },
  {
    nouns: 'requests',
    became: 'were accepted, but the callback was not as documented',
    areBad: each('acceptance', (answer, { broken }, exchange) => {
      if (!isAccepted(answer) || !isAssignment(exchange)) return undefined;
      return [...broken].some(isOfCallback);
    }),
    answerOf: ({ found }) => [...found.broken].filter(isOfCallback).join(', '),
  },
];

function isOfCallback(id: RequirementId): boolean {
  return id.startsWith('ASSIGN-CB-');
}

/** Of the requests that ask for this, and got an answer of which nothing is tolerated. */
function each(
  due: SentExchange['due'],
  isBad: (answer: Answer, found: Found, exchange: SentExchange) => boolean | undefined,
): Trouble['areBad'] {
  return (all) =>
    all.map(({ exchange, found }) => {
      const { answer, failure } = exchange;
      if (exchange.due !== due || failure || !answer || found.isTolerated) return undefined;
      return isBad(answer, found, exchange);
    });
}

/** What was accepted though it might have been refused, as a control, shows what the tenant does accept. */
function areRefused(all: readonly JudgedExchange[]): (boolean | undefined)[] {
  const refused = each('acceptance', (answer) => !isAccepted(answer))(all);
  return refused.map((isBad, index) => {
    const { due, answer, failure } = all[index]!.exchange;
    return due === undefined && answer && !failure && isAccepted(answer) ? false : isBad;
  });
}

/** An answer that looks like a bad one is not a good one: no check was about its form. */
function likeTheBad(areBad: Trouble['areBad']): Trouble['areBad'] {
  return (all) => {
    const verdicts = areBad(all);
    const bad = new Set(all.filter((_, index) => verdicts[index]).map(({ exchange }) => lookOf(exchange)));
    if (bad.size === 0) return verdicts;
    return verdicts.map((isBad, index) =>
      isBad === false && bad.has(lookOf(all[index]!.exchange)) ? undefined : isBad,
    );
  };
}

function lookOf({ answer }: SentExchange): string {
  const type = answer?.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  return answer ? `${type} ${answerInBrief(answer)}` : '';
}

/** The form of any answer of the hooks can be judged, and counts as bad when the same breach was found in another. */
function acceptedInAnotherForm(all: readonly JudgedExchange[]): (boolean | undefined)[] {
  const found = likeTheBad(
    each('acceptance', (answer, { broken }) =>
      isAccepted(answer) ? [...broken].some((id) => !isOfCallback(id)) : undefined,
    ),
  )(all);
  const counting = new Set(all.flatMap((one, index) => (found[index] ? breachesOf(one) : [])));
  return found.map((isBad, index) => {
    const breaches = isBad ? [] : breachesOf(all[index]!);
    if (breaches.length === 0 || all[index]!.found.isTolerated) return isBad;
    return breaches.some((one) => counting.has(one)) || undefined;
  });
}

function breachesOf({ exchange }: JudgedExchange): string[] {
  const { due, answer, failure } = exchange;
  if (due !== 'acceptance' || failure || !answer || isAssignment(exchange) || !isAccepted(answer)) return [];
  const { findings } = judgeAccepted(answer, 'HOOKS-RESP-01', '');
  return findings.map(({ requirement, message }) => `${requirement} ${message}`);
}
