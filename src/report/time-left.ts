// How many requests a run sends and how long that takes: said before it begins, and while it goes on. Pure: the time is
// handed in.
import { counted, grouped } from '../text/count.ts';

/** A type, not an interface: the options of a formatter are JSON. */
export type Forecast = {
  /** By scenario, as the run knows it; undefined when nobody has counted. */
  expected?: {
    byScenario: Record<string, number>;
    asInTheLastRun?: boolean;
    factorIfAnythingIsTaken?: number;
  };
  /** Whether the tenant has accepted what it must refuse, before the run began. */
  takesAnything?: boolean;
  perMinute?: number;
  workers?: number;
  /** Milliseconds that the tenant took for an answer when the run began. */
  latencyMs?: number;
};

/** What the harness itself takes for a request. */
const ownMs = 4;
/** So many requests show how fast it really goes. */
const enough = 20;
/** Nobody has to be told about less. */
const worthSayingMs = 10_000;

const bases = {
  'the last run': ' as in the last run',
  'what was taken': ', as the tenant accepts what it should refuse',
  none: '',
};

export class TimeLeft {
  readonly #byScenario: Readonly<Record<string, number>>;
  /** What the number of requests rests on, besides the reference tenant. */
  readonly #basis: 'the last run' | 'what was taken' | undefined;
  readonly #perMinute: number | undefined;
  /** Whether the limit that is set decides how long a request takes, not the tenant. */
  readonly #isLimited: boolean;
  readonly #perRequestMs: number;
  readonly #latencyMs: number;
  readonly #total: number;
  #done = 0;
  #sent = 0;

  constructor({ expected, takesAnything, perMinute, workers = 1, latencyMs = 0 }: Forecast) {
    const { byScenario = {}, asInTheLastRun, factorIfAnythingIsTaken } = expected ?? {};
    this.#basis = asInTheLastRun ? 'the last run' : takesAnything ? 'what was taken' : undefined;
    const factor = (this.#basis === 'what was taken' && factorIfAnythingIsTaken) || 1;
    this.#byScenario = Object.fromEntries(
      Object.entries(byScenario).map(([scenario, count]) => [scenario, count * factor]),
    );
    this.#perMinute = perMinute;
    this.#latencyMs = latencyMs;
    const byTenant = (latencyMs + ownMs) / Math.max(1, workers);
    const byLimit = perMinute ? 60_000 / perMinute + ownMs : 0;
    this.#isLimited = byLimit > byTenant;
    this.#perRequestMs = Math.max(byTenant, byLimit);
    this.#total = Object.values(this.#byScenario).reduce((sum, count) => sum + count, 0);
  }

  /**
   * "376 scenarios with about 1,978 requests, about 33 min at 60 a minute, more if the tenant has defects"; undefined when nothing is
   * known. A tenant that takes or refuses something wrongly gets more requests: what the finding rests on.
   */
  announcement(): string | undefined {
    const scenarios = Object.keys(this.#byScenario).length;
    if (this.#total === 0) return undefined;
    const requests = `about ${grouped(Math.round(this.#total))} requests`;
    const takesMs = this.#total * this.#perRequestMs;
    return [
      `${counted(scenarios, 'scenario')} with ${requests}${bases[this.#basis ?? 'none']}`,
      ...this.#inTime(takesMs),
    ].join(', ');
  }

  /** A scenario is over. @param sent how many requests it has sent */
  ended(scenario: string, sent: number): void {
    this.#done += this.#byScenario[scenario] ?? 0;
    this.#sent += sent;
  }

  /** "12 min left"; empty when that is soon, or not known. @param elapsedMs since the first scenario began */
  left(elapsedMs: number): string {
    const perRequest = this.#sent >= enough ? elapsedMs / this.#sent : this.#perRequestMs;
    const leftMs = (this.#total - this.#done) * perRequest;
    return leftMs < worthSayingMs ? '' : `${inBrief(leftMs)} left`;
  }

  #inTime(takesMs: number): string[] {
    if (takesMs < worthSayingMs) return [];
    const pace = this.#isLimited
      ? `${this.#perMinute} a minute`
      : `${Math.round(this.#latencyMs)} ms an answer`;
    const defects = this.#isLimited && !this.#basis ? ['more if the tenant has defects'] : [];
    return [`about ${inBrief(takesMs)} at ${pace}`, ...defects];
  }
}

/** "40 s", "3 min 20 s", "28 min", "2 h 10 min": each within a few percent. */
function inBrief(ms: number): string {
  if (ms < 95_000) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes >= 90) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  if (minutes >= 10) return `${minutes} min`;
  const tens = Math.round(ms / 10_000);
  return `${Math.floor(tens / 6)} min ${(tens % 6) * 10} s`;
}
