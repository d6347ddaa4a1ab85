// What the records of a conversation say of its sender, so that nobody who asks later is told something else without a
// word: a request whose order was not known when it was recorded is judged later, and a finding may turn out to be none.
import type { PlacedFinding } from '../../check/result.ts';

/** What the record of one request says. */
export interface RecordedRequest {
  line: number;
  findings: readonly PlacedFinding[];
  /** Its order was not judged: a request that was sent before it had no answer yet. */
  isOrderPending: boolean;
}

export interface Corrections {
  /** Findings about the order of requests whose records say that it is pending. */
  later: readonly PlacedFinding[];
  /** Findings that stand in a record, and that are none: of what was sent before, more was known later. */
  withdrawn: readonly PlacedFinding[];
}

const none: Corrections = { later: [], withdrawn: [] };

export class RecordedFindings {
  readonly #pending = new Set<number>();
  readonly #findings: PlacedFinding[] = [];

  add({ line, findings, isOrderPending }: RecordedRequest): void {
    if (isOrderPending) this.#pending.add(line);
    this.#findings.push(...findings);
  }

  /** @param now what is found of the conversation, as far as it is known */
  corrections(now: readonly PlacedFinding[]): Corrections {
    if (this.#pending.size === 0 && this.#findings.length === 0) return none;
    const isAmong = (found: PlacedFinding, all: readonly PlacedFinding[]) =>
      all.some(({ line, requirement, message }) => {
        return line === found.line && requirement === found.requirement && message === found.message;
      });
    return {
      later: now.filter((found) => this.#pending.has(found.line) && !isAmong(found, this.#findings)),
      withdrawn: this.#findings.filter((found) => !isAmong(found, now)),
    };
  }
}
