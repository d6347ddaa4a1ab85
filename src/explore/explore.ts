// An exploration: excursions until a budget is used up or somebody interrupts. What fails is made smaller while nothing else is sent.
import { type RequirementId, requirement } from '../protocol/catalogue.ts';
import type { HooksBody } from '../protocol/events.ts';
import type { Finding } from '../protocol/finding.ts';
import { stepKind, stepsOf } from '../protocol/lifecycle/step.ts';
import { TransitionCount, type TransitionCoverage } from '../protocol/lifecycle/transitions.ts';
import { chargeOf, claimsOf, isShown } from './charge.ts';
import { Generator } from './generator.ts';
import { type Failure, type Played, play, type Target } from './play.ts';
import type { Script } from './script.ts';
import { type Shrunk, shrink, upTo } from './shrink.ts';

export interface ExploreOptions {
  seed: number;
  /** Of the excursions; to make a failure smaller takes some more. */
  maxRequests?: number;
  maxMs?: number;
  concurrency: number;
  plainValues: boolean;
  /** Whether the tenant refuses what is out of order. */
  refusesWrongOrder: boolean;
  /** Whether the profile gives the agents their customFields. */
  givenCustomFields: boolean;
  /** Whether a finding fails the exploration; when left out, whether it breaks a must. */
  fails?: (finding: Pick<Finding, 'requirement' | 'message'>) => boolean;
}

/** How to reach the tenant; the rest of a target is up to the exploration. */
export type Reached = Pick<Target, 'dialect' | 'ownPaths' | 'send' | 'newEnvelope'>;

export interface Found {
  requirement: RequirementId;
  /** What happened, and what it depends on. */
  message: string;
  why: string;
  /** Whether it happened again when it was sent again. Only then the script is small. */
  isRepeatable: boolean;
  /** Whether an answer came when it was sent again. */
  wasRepeated: boolean;
  script: Script;
  failure: Failure;
  /** Of the excursion in which it came first. */
  excursion: number;
  /** How many excursions ended like this. */
  times: number;
}

export interface Exploration {
  excursions: number;
  requests: { inAll: number; toMakeSmaller: number };
  /** Requests that got no answer which could be judged, and the reason of the last. */
  lost: number;
  lostBecause?: string;
  coverage: TransitionCoverage;
  found: Found[];
  /** Failures of which nobody knows what they break: more than are looked into. */
  notLookedInto: number;
  endedBy: 'requests' | 'time' | 'interrupt' | 'no answer';
  durationMs: number;
}

/** Requests to make one failure smaller. */
const maxToShrink = 600;
/** Requests to find out what it breaks. */
const maxToCharge = 100;
/** Failures that look alike are looked into this often: they need not be the same. */
const maxAlike = 2;
/** Each takes its time. What does not fail the exploration is not counted: it must not hide what does. */
const maxLookedInto = 12;
/** Requests to make failures smaller, whatever comes of them. */
const maxToShrinkInAll = maxLookedInto * (maxToShrink + maxToCharge);
/** Without an answer to so many excursions in a row there is nobody to ask. */
const maxLostInARow = 20;

export async function explore(
  reached: Reached,
  options: ExploreOptions,
  signal: AbortSignal,
  progress: Progress = () => {},
): Promise<Exploration> {
  return new Explorer(reached, options, signal, progress).run();
}

export type Progress = (now: { requests: number; found: number }) => void;

interface Failed {
  script: Script;
  failure: Failure;
  excursion: number;
}

class Explorer {
  readonly #options: ExploreOptions;
  readonly #signal: AbortSignal;
  readonly #progress: Progress;
  readonly #target: Target;
  readonly #generator: Generator;
  readonly #count = new TransitionCount();
  readonly #found: Found[] = [];
  readonly #alike = new Map<string, Found[]>();
  readonly #startedAt = performance.now();
  #failed: Failed[] = [];
  #excursions = 0;
  #requests = 0;
  #toShrink = 0;
  #agents = 1;
  #lost = 0;
  #lostInARow = 0;
  #lostBecause: string | undefined;
  #notLookedInto = 0;
  #lookedInto = 0;
  /** Whether several events in one request are refused, as a tenant may. */
  #onlyOneEvent = false;

  constructor(reached: Reached, options: ExploreOptions, signal: AbortSignal, progress: Progress) {
    this.#options = options;
    this.#signal = signal;
    this.#progress = progress;
    const { seed, plainValues, givenCustomFields, refusesWrongOrder: mistakes } = options;
    this.#generator = new Generator({
      seed,
      plainValues,
      givenCustomFields,
      mistakes,
      ownPaths: reached.ownPaths,
    });
    this.#target = {
      dialect: reached.dialect,
      ownPaths: reached.ownPaths,
      newEnvelope: (ending) => reached.newEnvelope(ending),
      newAgents: (count) => {
        this.#agents += count;
        return this.#agents - count;
      },
      send: (body) => {
        this.#requests += 1;
        this.#progress({ requests: this.#requests, found: this.#found.length });
        return reached.send(body);
      },
      accepted: (body: HooksBody) => this.#count.take(body.conversationId, body),
    };
  }

  async run(): Promise<Exploration> {
    while (this.#ended === undefined) {
      await Promise.all(Array.from({ length: this.#options.concurrency }, () => this.#lane()));
      for (const failed of this.#failed.splice(0)) await this.#lookInto(failed);
    }
    return {
      excursions: this.#excursions,
      requests: { inAll: this.#requests, toMakeSmaller: this.#toShrink },
      lost: this.#lost,
      ...(this.#lostBecause === undefined ? {} : { lostBecause: this.#lostBecause }),
      coverage: this.#count.coverage,
      found: this.#found,
      notLookedInto: this.#notLookedInto,
      endedBy: this.#ended,
      durationMs: Math.round(performance.now() - this.#startedAt),
    };
  }

  get #ended(): Exploration['endedBy'] | undefined {
    const { maxRequests } = this.#options;
    if (this.#signal.aborted) return 'interrupt';
    if (this.#lostInARow >= maxLostInARow) return 'no answer';
    if (this.#isOutOfTime) return 'time';
    return maxRequests !== undefined && this.#requests - this.#toShrink >= maxRequests
      ? 'requests'
      : undefined;
  }

  get #isOutOfTime(): boolean {
    const { maxMs } = this.#options;
    return maxMs !== undefined && performance.now() - this.#startedAt >= maxMs;
  }

  /** Excursions one after the other, until something failed that has to be looked into. */
  async #lane(): Promise<void> {
    while (this.#ended === undefined && this.#failed.length === 0) {
      this.#excursions += 1;
      const excursion = this.#excursions;
      const script = this.#sendable(this.#generator.next());
      this.#take(script, excursion, await play(script, this.#target, () => this.#ended === undefined));
    }
  }

  #sendable(script: Script): Script {
    if (!this.#onlyOneEvent) return script;
    const requests = script.requests.flatMap((request) =>
      request.moves.map((move) => ({ ...request, moves: [move] })),
    );
    return { ...script, requests };
  }

  #take(script: Script, excursion: number, { failure, flawed, lost }: Played): void {
    if (lost !== undefined) {
      this.#lost += 1;
      this.#lostInARow += 1;
      this.#lostBecause = lost;
      return;
    }
    this.#lostInARow = 0;
    for (const one of [...flawed, ...(failure ? [failure] : [])])
      if (!this.#isCounted(one)) this.#failed.push({ script: upTo(script, one), failure: one, excursion });
  }

  /** Whether nothing more is to be done about a failure: it is counted with one like it, or is one too many. */
  #isCounted(failure: Failure): boolean {
    const alike = this.#alike.get(keyOf(failure)) ?? [];
    const failing = alike.filter((one) => this.#fails(one));
    // Only where the answer says what is broken is it known to be the same as what is tolerated.
    const { requirement: id, message } = failure;
    const tolerated = id && !this.#fails({ requirement: id, message }) ? alike : [];
    const enough = failure.kind === 'answer' ? 1 : maxAlike;
    const same = failing.length >= enough ? failing[0] : tolerated.find((one) => !this.#fails(one));
    if (!same && this.#lookedInto < maxLookedInto && this.#toShrink < maxToShrinkInAll) return false;
    const known = same ?? failing[0];
    if (known) known.times += 1;
    else this.#notLookedInto += 1;
    return true;
  }

  #fails(finding: Pick<Finding, 'requirement' | 'message'>): boolean {
    return this.#options.fails?.(finding) ?? requirement(finding.requirement).level === 'must';
  }

  async #lookInto({ script, failure, excursion }: Failed): Promise<void> {
    // Another lane may have brought the same.
    if (this.#isCounted(failure)) return;
    const key = keyOf(failure);
    const before = this.#requests;
    const within = (limit: number) => () =>
      this.#requests - before < limit && !this.#signal.aborted && !this.#isOutOfTime;
    if (await this.#isTolerated({ script, failure }, within(maxToCharge))) {
      this.#toShrink += this.#requests - before;
      return;
    }
    let wasRepeated = false;
    const smallest = await shrink(
      { script, failure },
      {
        play: async (one) => {
          const played = await play(one, this.#target);
          if (played.lost === undefined) wasRepeated = true;
          return played;
        },
        mayGoOn: within(maxToShrink),
        together: this.#togetherInTurn(),
      },
    );
    const small = smallest ?? { script, failure };
    const isRepeatable = smallest !== undefined;
    const charging = { target: this.#target, mayGoOn: within(maxToShrink + maxToCharge), isRepeatable };
    const charge = await chargeOf(small, charging);
    const { message } = small.failure;
    const found = { ...charge, message, isRepeatable, wasRepeated, ...small, excursion, times: 1 };
    if (this.#fails(found)) this.#lookedInto += 1;
    this.#alike.set(key, [...(this.#alike.get(key) ?? []), this.#kept(found)]);
    if (['HOOKS-ENV-06', 'HOOKS-MSG-10'].includes(charge.requirement)) this.#onlyOneEvent = true;
    this.#toShrink += this.#requests - before;
  }

  /** Whether a failure has the reason of one like it that does not fail the exploration: that takes less than to make it smaller. */
  async #isTolerated(failed: Shrunk, mayGoOn: () => boolean): Promise<boolean> {
    const { message } = failed.failure;
    const alike = this.#alike.get(keyOf(failed.failure)) ?? [];
    for (const claim of alike.length > 0 ? claimsOf(failed) : []) {
      const same = alike.find((one) => one.requirement === claim.requirement && one.why === claim.why);
      if (!same || this.#fails(same) || this.#fails({ requirement: claim.requirement, message })) continue;
      if (!(await isShown(claim, failed, { target: this.#target, mayGoOn }))) continue;
      same.times += 1;
      return true;
    }
    return false;
  }

  /** Failures that break one requirement for one reason are one finding: the smallest stands for it. */
  #kept(found: Found): Found {
    const { requirement: id, why, isRepeatable } = found;
    const known = this.#found.find(
      (one) =>
        one.requirement === id &&
        one.why === why &&
        one.isRepeatable === isRepeatable &&
        this.#fails(one) === this.#fails(found),
    );
    if (!known) {
      this.#found.push(found);
      return found;
    }
    known.times += 1;
    if (sizeOf(found.script) < sizeOf(known.script)) {
      const { script, failure, message, excursion } = found;
      Object.assign(known, { script, failure, message, excursion });
    }
    return known;
  }

  /** What was sent at the same time may matter, and how much of it. */
  #togetherInTurn(): number[] {
    const { concurrency } = this.#options;
    return [2, 4, 8, 16, 32, 64].filter((together) => together < 2 * concurrency && concurrency > 1);
  }
}

function keyOf({ kind, requirement, exchange, bodies }: Failure): string {
  const kinds = stepsOf(bodies.at(-1)!).map(stepKind);
  return JSON.stringify([kind, requirement, exchange.answer?.status, kinds.at(-1)]);
}

function sizeOf({ requests }: Script): number {
  return requests.reduce((sum, { moves }) => sum + moves.length, 0);
}
