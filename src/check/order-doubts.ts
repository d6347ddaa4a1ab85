// Conversations that break the order as their log has it, although nobody knows that order: those of a log without times that
// has its newest line first, and those in several logs whose times do not tell which request was first.
import type { RuleSet } from '../protocol/lifecycle/rule-set.ts';
import { counted } from '../text/count.ts';
import type { OpenConversation } from './open-conversation.ts';
import type { SentStep } from './result.ts';
import { isInOrderSomehow, isWholeBackwards } from './sent-requests.ts';

/** What a doubt looks at. */
type Conversation = Pick<
  OpenConversation,
  'steps' | 'latestTime' | 'breaksOrder' | 'hasEnded' | 'rules' | 'otherTimes'
>;

/** How many conversations of a log are in order as they stand, and how many backwards. */
interface Direction {
  forwards: number;
  backwards: number;
}

/** Looking at all conversations takes long, and the first few say it all. */
const maxLooks = 20;

export class OrderDoubts {
  /** By log; of those without times. */
  readonly #directions = new Map<string, Direction>();
  readonly #seen = new WeakSet<Conversation>();
  #looks = 0;
  /** Conversations whose order is not judged, since their log seems to have its newest line first. */
  #reversed = 0;
  /** Those whose order is that of the log, while something in it that looks like a time falls: by its place. */
  readonly #against = new Map<string, { isUnread: boolean; count: number }>();
  /** Those that would be in order, were the lines of several logs in another one. */
  #unordered = 0;

  /** Whether the order of a conversation is to be forgotten. @param all that are kept */
  has(conversation: Conversation, all: Iterable<Conversation>): boolean {
    this.#note(conversation);
    if (!conversation.breaksOrder) return false;
    const { steps, rules } = conversation;
    if (isWithoutOrder(steps) && this.#isNewestFirst(steps[0]!, all)) {
      this.#reversed += 1;
      return true;
    }
    if (isWholeBackwards(steps, rules)) {
      this.#reversed += 1;
      return true;
    }
    const { falling, isUnread = false } = conversation.otherTimes ?? {};
    if (falling !== undefined) {
      const known = this.#against.get(falling);
      this.#against.set(falling, { isUnread, count: (known?.count ?? 0) + 1 });
      return true;
    }
    if (!isInOrderSomehow(steps, rules)) return false;
    this.#unordered += 1;
    return true;
  }

  /** In words, for people. */
  get words(): string[] {
    const doubts: string[] = [];
    if (this.#reversed > 0) {
      const backwards = [...this.#directions.values()].reduce((sum, one) => sum + one.backwards, 0);
      doubts.push(
        `${counted(backwards, 'conversation')} without times that differ ${backwards === 1 ? 'is' : 'are'} in order when read backwards: the log seems to have its newest line first, so the order of ${counted(this.#reversed, 'conversation')} is not judged. Say where the time is, --time .path; a log of single lines without a header can be turned round instead: tac FILE | npm run check -- -`,
      );
    }
    for (const [path, { isUnread, count }] of this.#against) {
      const what = isUnread ? 'the time at' : 'no time is known, and what looks like one at';
      const todo = isUnread
        ? 'it is in a form that is not read; let the log write it as 2026-05-04T09:30:04Z'
        : `if it is the time of the request, say so: --time ${path}`;
      doubts.push(
        `${what} ${path} does not rise with the log, so the order of ${counted(count, 'conversation')} is not judged: ${todo}`,
      );
    }
    if (this.#unordered > 0) {
      const [are, their] = this.#unordered === 1 ? ['is', 'its'] : ['are', 'their'];
      doubts.push(
        `${counted(this.#unordered, 'conversation')} ${are} in several logs that do not say which request came first, and would be in order in another one: ${their} order is not judged. Name the logs in the order in which they were written, or say where the time is: --time .path`,
      );
    }
    return doubts;
  }

  #isNewestFirst({ file }: SentStep, all: Iterable<Conversation>): boolean {
    const known = this.#directions.get(file);
    if (!known && this.#looks < maxLooks) {
      this.#looks += 1;
      for (const one of all) this.#note(one);
    }
    const { forwards, backwards } = this.#directions.get(file) ?? { forwards: 0, backwards: 0 };
    return backwards > forwards;
  }

  /** Notes which way round a conversation is, once. */
  #note(conversation: Conversation): void {
    if (this.#seen.has(conversation) || !conversation.hasEnded) return;
    this.#seen.add(conversation);
    // Most logs have times: to put the steps of each conversation together takes long.
    if (conversation.latestTime !== undefined && !conversation.breaksOrder) return;
    const { steps, rules } = conversation;
    if (!isWithoutOrder(steps) || steps.length < 2) return;
    const way = !conversation.breaksOrder ? 'forwards' : wayBack(steps, rules);
    if (!way) return;
    const { file } = steps[0]!;
    const direction = this.#directions.get(file) ?? { forwards: 0, backwards: 0 };
    direction[way] += 1;
    this.#directions.set(file, direction);
  }
}

function wayBack(steps: readonly SentStep[], rules: RuleSet): 'backwards' | undefined {
  return isWholeBackwards(steps, rules) ? 'backwards' : undefined;
}

/** Whether steps have no time, or all the same one, as that of a process. */
function isWithoutOrder(steps: readonly SentStep[]): boolean {
  return steps.every(({ time }) => time === steps[0]!.time);
}
