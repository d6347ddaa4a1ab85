// What the records of a conversation say about its sender, so that any later difference can be shown as a correction: the
// order of a request may be known only after it was recorded, and a recorded finding may turn out to be wrong.
import { FindingList } from '../../check/finding-list.ts';
import type { JudgedConversation, PlacedFinding } from '../../check/result.ts';
import type { LogPosition } from '../../logs/log-entry.ts';

/** What the record of one request says. */
export interface RecordedRequest extends LogPosition {
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

/** How many requests with a pending order are kept. */
const maxPending = 10_000;

export class RecordedFindings {
  readonly #pending = new Set<string>();
  readonly #findings = new FindingList();

  add({ file, line, findings, isOrderPending }: RecordedRequest): void {
    if (isOrderPending && this.#pending.size < maxPending) this.#pending.add(placeOf({ file, line }));
    for (const found of findings) this.#findings.add(found, found);
  }

  /**
   * Of a rule that has more findings than are kept, none is a correction: the conversation may have it as well.
   * @param current the conversation, as it is judged now
   */
  corrections({ findings, further }: Pick<JudgedConversation, 'findings' | 'further'>): Corrections {
    const recorded = this.#findings.kept;
    if (this.#pending.size === 0 && recorded.length === 0) return none;
    const uncertain = new Set([...further, ...this.#findings.further].map(keyOfRule));
    const [known, holding] = [new Set(recorded.map(keyOf)), new Set(findings.map(keyOf))];
    return {
      later: findings.filter(
        (found) =>
          this.#pending.has(placeOf(found)) && !known.has(keyOf(found)) && !uncertain.has(keyOfRule(found)),
      ),
      withdrawn: recorded.filter((found) => !holding.has(keyOf(found)) && !uncertain.has(keyOfRule(found))),
    };
  }
}

function placeOf({ file, line }: LogPosition): string {
  return `${file}:${line}`;
}

function keyOf({ file, line, requirement, message }: PlacedFinding): string {
  return `${file}:${line} ${requirement} ${message}`;
}

function keyOfRule({ requirement, level }: Pick<PlacedFinding, 'requirement' | 'level'>): string {
  return `${requirement} ${level}`;
}
