// The members of lists in which there is no body: between two requests of one record, they may tell of a failure.
import type { FailuresTold } from './failures-told.ts';
import type { Level } from './finder.ts';
import type { LogEntry } from './log-entry.ts';

type Member = Extract<Level, { member: unknown }>;

/** Goes through the lists that the bodies of one record lie in, in the order of the record. */
export class PassedOver {
  /** From the outside; `next` is the first member that was not come to. */
  #open: { list: readonly unknown[]; next: number }[] = [];

  /** The members before a body that were not come to. @param levels what the body lies in */
  before(levels: readonly Level[]): unknown[] {
    const lists = levels.filter((level): level is Member => 'member' in level);
    const shared = this.#open.findIndex(({ list }, depth) => list !== lists[depth]?.list);
    const found = shared === -1 ? [] : this.#restFrom(shared);
    for (const [depth, { list, member }] of lists.entries()) {
      this.#open[depth] ??= { list, next: 0 };
      const open = this.#open[depth];
      // A member may have several bodies.
      const at = list.indexOf(member, open.next);
      if (at === -1) continue;
      found.push(...list.slice(open.next, at));
      open.next = at + 1;
    }
    return found;
  }

  /** Those behind the last body. */
  rest(): unknown[] {
    return this.#restFrom(0);
  }

  #restFrom(depth: number): unknown[] {
    const closed = this.#open.splice(depth).reverse();
    return closed.flatMap(({ list, next }) => list.slice(next));
  }
}

/** The entries of the calls of one record, while what stands between them is heard. */
export function inOrder<Call extends { levels: readonly Level[] }>(
  calls: readonly Call[],
  failures: FailuresTold,
  entryOf: (call: Call) => LogEntry,
): LogEntry[] {
  const passedOver = new PassedOver();
  const entries = calls.map((call) => {
    failures.others(passedOver.before(call.levels));
    return entryOf(call);
  });
  failures.others(passedOver.rest());
  return entries;
}
