// The steps of all conversations that are not over, packed into columns of numbers: a log has millions, and most are never
// needed again. The steps of a conversation form a chain, from the last one back to the first.

import type { LogPosition, SentRecord } from '../logs/log-entry.ts';
import { type Participant, type PlacedStep, plainStepTypes, type Step } from '../protocol/lifecycle/step.ts';
import type { SentStep } from './result.ts';
import { byTime } from './sent-requests.ts';

const transfers = (['NA', 'cold', 'warm', 'redial'] as const).flatMap((transfer) =>
  (['entry', 'exit'] as const).map((transition) => ({ transfer, transition })),
);
const kinds = plainStepTypes.length + transfers.length;

/** Stands for a missing index, status or previous step. */
export const none = -1;

/** The steps of one conversation, by the indices of the first and the last one. */
export interface Chain {
  first: number;
  last: number;
  /** How many there are. */
  kept: number;
  /** The agents, by their numbers in the store. */
  agents: Participant[];
  /** Those numbers, by name and identity; undefined while there are few. */
  agentNumbers?: Map<string, number> | undefined;
}

export class StepStore {
  #capacity = 1024;
  /** The number of the kind, plus the number of the agent times `kinds`. */
  #kindAndAgent = new Int32Array(this.#capacity);
  #event = new Int32Array(this.#capacity);
  #line = new Int32Array(this.#capacity);
  #file = new Int32Array(this.#capacity);
  #status = new Int32Array(this.#capacity);
  #failuresBefore = new Int32Array(this.#capacity);
  #previous = new Int32Array(this.#capacity);
  #time = new Float64Array(this.#capacity);
  #used = 0;
  #kept = 0;
  /** The last step of the chain of released steps. */
  #free = none;
  readonly #files: string[] = [];

  /** How many steps are kept. */
  get count(): number {
    return this.#kept;
  }

  add(chain: Chain, { step, event }: PlacedStep, record: SentRecord): void {
    const { file, line, time, status, failuresBefore } = record;
    const at = this.#next();
    this.#kept += 1;
    chain.kept += 1;
    this.#kindAndAgent[at] = kindAndAgent(step, chain);
    this.#event[at] = event ?? none;
    this.#line[at] = line;
    this.#file[at] = this.#files.at(-1) === file ? this.#files.length - 1 : this.#fileNumber(file);
    this.#status[at] = status ?? none;
    this.#failuresBefore[at] = failuresBefore ?? none;
    this.#time[at] = time ?? Number.NaN;
    this.#previous[at] = chain.last;
    if (chain.last === none) chain.first = at;
    chain.last = at;
  }

  /** Sorted by time when the records have one; otherwise in the order of the log. */
  steps({ last, agents }: Chain): SentStep[] {
    const steps: SentStep[] = [];
    for (let at = last; at !== none; at = this.#previous[at]!) steps.push(this.#at(at, agents));
    return byTime(steps.reverse());
  }

  /** The position of the last step of a chain. */
  place({ last }: Chain): LogPosition {
    return last === none
      ? { file: '', line: 0 }
      : { file: this.#files[this.#file[last]!]!, line: this.#line[last]! };
  }

  /** Releases the steps of a chain, so that their places are used again. */
  release(chain: Chain): void {
    if (chain.last === none) return;
    this.#previous[chain.first] = this.#free;
    this.#free = chain.last;
    this.#kept -= chain.kept;
    chain.kept = 0;
    chain.first = none;
    chain.last = none;
  }

  #next(): number {
    const at = this.#free;
    if (at !== none) {
      this.#free = this.#previous[at]!;
      return at;
    }
    if (this.#used === this.#capacity) this.#grow();
    this.#used += 1;
    return this.#used - 1;
  }

  #grow(): void {
    this.#capacity *= 2;
    const grown = (column: Int32Array) => {
      const wider = new Int32Array(this.#capacity);
      wider.set(column);
      return wider;
    };
    this.#kindAndAgent = grown(this.#kindAndAgent);
    this.#event = grown(this.#event);
    this.#line = grown(this.#line);
    this.#file = grown(this.#file);
    this.#status = grown(this.#status);
    this.#failuresBefore = grown(this.#failuresBefore);
    this.#previous = grown(this.#previous);
    const times = new Float64Array(this.#capacity);
    times.set(this.#time);
    this.#time = times;
  }

  /** Of several logs, the one whose first step was kept first comes first. */
  readonly inLogOrder = (one: LogPosition, other: LogPosition): number =>
    this.#fileNumber(one.file) - this.#fileNumber(other.file) || one.line - other.line;

  #fileNumber(file: string): number {
    const known = this.#files.indexOf(file);
    return known >= 0 ? known : this.#files.push(file) - 1;
  }

  #at(at: number, agents: readonly Participant[]): SentStep {
    const [event, status, time] = [this.#event[at]!, this.#status[at]!, this.#time[at]!];
    const failuresBefore = this.#failuresBefore[at]!;
    return {
      step: stepOf(this.#kindAndAgent[at]!, agents),
      event: event === none ? undefined : event,
      file: this.#files[this.#file[at]!]!,
      line: this.#line[at]!,
      time: Number.isNaN(time) ? undefined : time,
      status: status === none ? undefined : status,
      ...(failuresBefore === none ? {} : { failuresBefore }),
    };
  }
}

function kindAndAgent(step: Step, chain: Chain): number {
  if (step.type !== 'transfer') return plainStepTypes.indexOf(step.type);
  let kind = 0;
  while (transfers[kind]!.transfer !== step.transfer || transfers[kind]!.transition !== step.transition) {
    kind += 1;
  }
  return plainStepTypes.length + kind + kinds * agentNumber(step.agent, chain);
}

function agentNumber(agent: Participant, chain: Chain): number {
  const { agents } = chain;
  if (agents.length >= fewAgents) return numberAmongMany(agent, chain);
  for (let index = 0; index < agents.length; index += 1) {
    const known = agents[index]!;
    if (known.identity === agent.identity && known.name === agent.name) return index;
  }
  chain.agents = [...agents, agent];
  return agents.length;
}

/** In most conversations a few comparisons are faster than a map. */
const fewAgents = 8;

function numberAmongMany(agent: Participant, chain: Chain): number {
  chain.agentNumbers ??= new Map(chain.agents.map((known, index) => [keyOf(known), index]));
  const key = keyOf(agent);
  const known = chain.agentNumbers.get(key);
  if (known !== undefined) return known;
  chain.agentNumbers.set(key, chain.agents.length);
  chain.agents.push(agent);
  return chain.agents.length - 1;
}

function keyOf({ identity, name }: Participant): string {
  return JSON.stringify([identity, name]);
}

function stepOf(number: number, agents: readonly Participant[]): Step {
  const kind = number % kinds;
  if (kind < plainStepTypes.length) return { type: plainStepTypes[kind]! };
  return {
    type: 'transfer',
    ...transfers[kind - plainStepTypes.length]!,
    agent: agents[Math.floor(number / kinds)]!,
  };
}
