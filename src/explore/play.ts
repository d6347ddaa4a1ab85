// Sends a script to a tenant, each time in conversations and with agents that are new, and judges the answers.
import { brief, isAccepted, isRefusal, isSuccess, judgeAccepted, notAccepted } from '../protocol/answers.ts';
import type { RequirementId } from '../protocol/catalogue.ts';
import type { Dialect, Envelope, HooksBody } from '../protocol/events.ts';
import { type Followed, unbegun } from '../protocol/lifecycle/transitions.ts';
import { bodyInWords } from '../protocol/request-in-words.ts';
import type { Exchange } from '../tenant/exchange.ts';
import { bodyOf, type Naming } from './bodies.ts';
import { afterMoves, agentsIn, movesToEnd, type Script, type ScriptedRequest } from './script.ts';

/** The tenant, as far as an exploration needs it. */
export interface Target {
  dialect: Dialect;
  /** Whether end and redial have a path of their own, where nothing else is in the body. */
  ownPaths: boolean;
  send(body: HooksBody): Promise<Exchange>;
  /** Of a conversation that no other request of any exploration belongs to. */
  newEnvelope(ending: string): Envelope;
  /** The first of so many numbers that no agent had yet. */
  newAgents(count: number): number;
  /** Called with each body that was accepted. */
  accepted(body: HooksBody): void;
}

export type FailureKind = 'refused' | 'answer' | 'mistake accepted';

export interface Failure {
  kind: FailureKind;
  /** Index of the request in the script. */
  at: number;
  /** Of the answer alone; what a refusal breaks is found out later. */
  requirement?: RequirementId;
  message: string;
  exchange: Exchange;
  bodies: readonly HooksBody[];
}

export interface Played {
  failure?: Failure;
  /** Defects of accepted answers, one for each requirement and status: they do not stop a conversation. */
  flawed: readonly Failure[];
  /** Why no answer came. */
  lost?: string;
}

/** Sends the script to its end, or to its first failure. Conversations that are open then are ended. */
export async function play(script: Script, target: Target, goesOn = () => true): Promise<Played> {
  const copies = Array.from({ length: script.together }, () => new Play(script, target, goesOn).run());
  const all = await Promise.all(copies);
  const broken = all.find(({ failure }) => failure);
  return broken ?? all.find(({ lost }) => lost !== undefined) ?? all[0]!;
}

class Play {
  readonly #script: Script;
  readonly #target: Target;
  readonly #goesOn: () => boolean;
  readonly #naming: Naming;
  readonly #now: Followed[];
  readonly #bodies: HooksBody[] = [];
  readonly #flawed = new Map<string, Failure>();

  constructor(script: Script, target: Target, goesOn: () => boolean) {
    this.#script = script;
    this.#target = target;
    this.#goesOn = goesOn;
    this.#now = script.conversations.map(() => unbegun);
    // One more for the agent who takes over when a conversation is ended early.
    const highest = (agentsIn(script).at(-1) ?? 1) + 1;
    this.#naming = {
      dialect: target.dialect,
      envelopes: script.conversations.map(({ ending = '' }) => target.newEnvelope(ending)),
      firstAgent: target.newAgents(highest) - 1,
    };
  }

  async run(): Promise<Played> {
    for (const [at, request] of this.#script.requests.entries()) {
      if (!this.#goesOn()) break;
      const body = bodyOf(this.#script, request, this.#naming);
      const exchange = await this.#target.send(body);
      this.#bodies.push(body);
      if (exchange.failure || !exchange.answer)
        return this.#ended({ lost: exchange.failure?.message ?? 'there was no answer' });
      const failure = this.#judged(at, request, body, exchange);
      if (failure) return this.#ended({ failure });
    }
    return this.#ended({});
  }

  #judged(at: number, request: ScriptedRequest, body: HooksBody, exchange: Exchange): Failure | undefined {
    const answer = exchange.answer!;
    const common = { at, exchange, bodies: [...this.#bodies] };
    const words = bodyInWords(body);
    if (request.isMistake) {
      if (isRefusal(answer)) return undefined;
      // A tenant that has taken it stands elsewhere than the model.
      this.#now[request.conversation] = unbegun;
      const message = `answered with ${answer.status} although the profile says that what is out of order is refused: ${words}`;
      return { ...common, kind: 'mistake accepted', requirement: 'HOOKS-ERR-02', message };
    }
    if (!isAccepted(answer)) {
      const message = isSuccess(answer)
        ? `answered ${brief(answer)}, an error: ${words}`
        : notAccepted(answer, words);
      return { ...common, kind: 'refused', message };
    }
    this.#now[request.conversation] = afterMoves(this.#now[request.conversation]!, request.moves)!;
    this.#target.accepted(body);
    for (const { requirement, message } of judgeAccepted(answer, 'HOOKS-RESP-01', '').findings) {
      const key = `${requirement} ${answer.status}`;
      if (!this.#flawed.has(key)) this.#flawed.set(key, { ...common, kind: 'answer', requirement, message });
    }
    return undefined;
  }

  async #ended(how: { failure?: Failure; lost?: string }): Promise<Played> {
    for (const [conversation, now] of this.#now.entries()) {
      if (how.lost !== undefined) break;
      const moves = movesToEnd(now);
      const [end] = moves.slice(-1);
      const before = moves.slice(0, -1);
      const groups = this.#target.ownPaths ? [before, end ? [end] : []] : [moves];
      for (const group of groups) {
        if (group.length === 0) continue;
        const { answer } = await this.#target.send(
          bodyOf(this.#script, { conversation, moves: group }, this.#naming),
        );
        if (answer && isAccepted(answer)) continue;
        // A tenant that takes no several events at a time gets them one by one.
        for (const move of group.length > 1 ? group : [])
          await this.#target.send(bodyOf(this.#script, { conversation, moves: [move] }, this.#naming));
      }
    }
    return { ...how, flawed: [...this.#flawed.values()] };
  }
}
