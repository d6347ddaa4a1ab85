// The steps of all conversations that are not over, packed into columns of numbers: a log has millions, most of them are in
// order, and nobody ever asks for them again. A conversation has its steps as a chain, from the last one back.

import type { LogPosition, SentRecord } from '../logs/log-entry.ts';
import type { Participant, PlacedStep, Step } from '../protocol/lifecycle/step.ts';
import type { SentStep } from './result.ts';

const others = ['message', 'summary', 'end', 'unclear'] as const;
const transfers = (['NA', 'cold', 'warm', 'redial'] as const).flatMap((transfer) =>
  (['entry', 'exit'] as const).map((transition) => ({ transfer, transition })),
);
const kinds = others.length + transfers.length;

/** In place of an index, of a status, of the step before. */
export const none = -1;

/** The ends of a chain. */
export interface Chain {
  first: number;
  last: number;
  /** Who is meant by the number of an agent. */
  agents: readonly Participant[];
}

export class StepStore {
  #room = 1024;
  /** Kind, and the number of the agent times the number of kinds. */
  #what = new Int32Array(this.#room);
  #event = new Int32Array(this.#room);
  #line = new Int32Array(this.#room);
  #file = new Int32Array(this.#room);
  #status = new Int32Array(this.#room);
  #before = new Int32Array(this.#room);
  #time = new Float64Array(this.#room);
  #used = 0;
  /** The last one of those that are no longer needed. */
  #free = none;
  readonly #files: string[] = [];

  add(chain: Chain, { step, event }: PlacedStep, { file, line, time, status }: SentRecord): void {
    const at = this.#next();
    this.#what[at] = what(step, chain);
    this.#event[at] = event ?? none;
    this.#line[at] = line;
    this.#file[at] = this.#files.at(-1) === file ? this.#files.length - 1 : this.#fileNumber(file);
    this.#status[at] = status ?? none;
    this.#time[at] = time ?? Number.NaN;
    this.#before[at] = chain.last;
    if (chain.last === none) chain.first = at;
    chain.last = at;
  }

  /** By time, where records carry one, and else in the order of the log. */
  steps({ last, agents }: Chain): SentStep[] {
    const steps: SentStep[] = [];
    for (let at = last; at !== none; at = this.#before[at]!) steps.push(this.#at(at, agents));
    return byTime(steps.reverse());
  }

  /** Where the last one of a chain stands. */
  place({ last }: Chain): LogPosition {
    return last === none
      ? { file: '', line: 0 }
      : { file: this.#files[this.#file[last]!]!, line: this.#line[last]! };
  }

  /** A chain is no longer needed. */
  release(chain: Chain): void {
    if (chain.last === none) return;
    this.#before[chain.first] = this.#free;
    this.#free = chain.last;
    chain.first = none;
    chain.last = none;
  }

  #next(): number {
    const at = this.#free;
    if (at !== none) {
      this.#free = this.#before[at]!;
      return at;
    }
    if (this.#used === this.#room) this.#grow();
    this.#used += 1;
    return this.#used - 1;
  }

  #grow(): void {
    this.#room *= 2;
    const grown = (column: Int32Array) => {
      const wider = new Int32Array(this.#room);
      wider.set(column);
      return wider;
    };
    this.#what = grown(this.#what);
    this.#event = grown(this.#event);
    this.#line = grown(this.#line);
    this.#file = grown(this.#file);
    this.#status = grown(this.#status);
    this.#before = grown(this.#before);
    const times = new Float64Array(this.#room);
    times.set(this.#time);
    this.#time = times;
  }

  #fileNumber(file: string): number {
    const known = this.#files.indexOf(file);
    return known >= 0 ? known : this.#files.push(file) - 1;
  }

  #at(at: number, agents: readonly Participant[]): SentStep {
    const [event, status, time] = [this.#event[at]!, this.#status[at]!, this.#time[at]!];
    return {
      step: stepOf(this.#what[at]!, agents),
      event: event === none ? undefined : event,
      file: this.#files[this.#file[at]!]!,
      line: this.#line[at]!,
      time: Number.isNaN(time) ? undefined : time,
      status: status === none ? undefined : status,
    };
  }
}

function what(step: Step, chain: Chain): number {
  if (step.type !== 'transfer') return others.indexOf(step.type);
  let kind = 0;
  while (transfers[kind]!.transfer !== step.transfer || transfers[kind]!.transition !== step.transition) {
    kind += 1;
  }
  return others.length + kind + kinds * agentNumber(step.agent, chain);
}

function agentNumber(agent: Participant, chain: Chain): number {
  const { agents } = chain;
  for (let index = 0; index < agents.length; index += 1) {
    const known = agents[index]!;
    if (known.identity === agent.identity && known.name === agent.name) return index;
  }
  chain.agents = [...agents, agent];
  return agents.length;
}

function stepOf(number: number, agents: readonly Participant[]): Step {
  const kind = number % kinds;
  if (kind < others.length) return { type: others[kind]! };
  return {
    type: 'transfer',
    ...transfers[kind - others.length]!,
    agent: agents[Math.floor(number / kinds)]!,
  };
}

function byTime(steps: SentStep[]): SentStep[] {
  if (steps.every(({ time }) => time === undefined)) return steps;
  // One without a time stays behind the one before it.
  let latest = Number.NEGATIVE_INFINITY;
  const timed = steps.map((step) => {
    latest = step.time ?? latest;
    return { step, time: latest };
  });
  return timed.sort((one, other) => one.time - other.time || 0).map(({ step }) => step);
}
