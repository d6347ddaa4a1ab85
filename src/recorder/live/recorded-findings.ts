// What the records of a conversation say about its sender, so that any later difference can be shown as a correction: the
// order of a request may be known only after it was recorded, and a recorded finding may turn out to be wrong.
import type { PlacedFinding } from '../../check/result.ts';

/** What the record of one request says. */
export interface RecordedRequest {
  line: number;
  findings: readonly PlacedFinding[];
  /** Its order was not judged: an earlier request had no answer yet. */
  isOrderPending: boolean;
}

export interface Corrections {
  /** Findings about the order of requests whose records say that it is pending. */
  later: readonly PlacedFinding[];
  /** Findings in a record that no longer hold, since an earlier request became known later. */
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

  /** @param current the findings about the conversation, as known now */
  corrections(current: readonly PlacedFinding[]): Corrections {
    if (this.#pending.size === 0 && this.#findings.length === 0) return none;
    const isAmong = (found: PlacedFinding, all: readonly PlacedFinding[]) =>
      all.some(({ line, requirement, message }) => {
        return line === found.line && requirement === found.requirement && message === found.message;
      });
    return {
      later: current.filter((found) => this.#pending.has(found.line) && !isAmong(found, this.#findings)),
      withdrawn: this.#findings.filter((found) => !isAmong(found, current)),
    };
  }
}
