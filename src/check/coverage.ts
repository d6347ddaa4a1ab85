// Which rules had something to judge: a rule about messages says nothing about a log without one.
import type { SentRecord } from '../logs/log-entry.ts';
import { type RequirementId, senderRequirements } from '../protocol/catalogue.ts';
import { type LifecycleRule, lifecycleRules } from '../protocol/lifecycle/rules.ts';
import { type PlacedStep, type StepKind, stepKind } from '../protocol/lifecycle/step.ts';
import { isComplete } from '../protocol/sent-headers.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';

export interface JudgedRules {
  judged: readonly RequirementId[];
  notJudged: readonly RequirementId[];
}

type Fact =
  | 'hooks'
  | 'method'
  | 'url'
  | 'content type'
  | 'token missing'
  | 'token'
  | 'assignment'
  | 'all its headers';

const entries = Object.values<LifecycleRule>(lifecycleRules);

export class Coverage {
  readonly #facts = new Set<Fact>();
  readonly #kinds = new Set<StepKind>();
  readonly #profile: SenderProfile;

  constructor(profile: SenderProfile) {
    this.#profile = profile;
  }

  hooks({ method, url, headers }: SentRecord, steps: readonly PlacedStep[]): void {
    this.#facts.add('hooks');
    for (const { step } of steps) this.#kinds.add(stepKind(step));
    if (method !== undefined) this.#facts.add('method');
    if (url !== undefined) this.#facts.add('url');
    if (!headers) return;
    const isWhole = isComplete(headers);
    const hasToken = headers.token !== undefined || headers.auth !== undefined;
    if (isWhole || headers['content-type'] !== undefined) this.#facts.add('content type');
    if (isWhole || hasToken) this.#facts.add('token missing');
    if (hasToken) this.#facts.add('token');
  }

  assignment({ headers }: SentRecord): void {
    this.#facts.add('assignment');
    if (headers && isComplete(headers)) this.#facts.add('all its headers');
  }

  /** @param only the requirements that were asked for @param broken those that are broken, and so were judged */
  rules(only: ReadonlySet<RequirementId> | undefined, broken: ReadonlySet<RequirementId>): JudgedRules {
    const ids = senderRequirements.map(({ id }) => id).filter((id) => only?.has(id) ?? true);
    const isJudged = (id: RequirementId) => broken.has(id) || this.#had(id);
    return { judged: ids.filter(isJudged), notJudged: ids.filter((id) => !isJudged(id)) };
  }

  #had(id: RequirementId): boolean {
    const [facts, kinds] = [this.#facts, this.#kinds];
    // What scope an app has, no request shows.
    if (id === 'ASSIGN-AUTH-03') return false;
    if (id === 'ASSIGN-AUTH-01' || id === 'ASSIGN-REQ-07') return facts.has('all its headers');
    if (id.startsWith('ASSIGN-')) return facts.has('assignment');
    if (id === 'HOOKS-EP-01') return facts.has('method');
    if (id.startsWith('HOOKS-EP-') || id === 'HOOKS-ENV-04') return facts.has('url');
    if (id === 'HOOKS-HDR-01') return facts.has('content type');
    if (id === 'HOOKS-AUTH-01') return facts.has('token missing');
    if (id === 'HOOKS-AUTH-02') return facts.has('token');
    if (id.startsWith('HOOKS-MSG-')) return kinds.has('message');
    if (id === 'HOOKS-XFER-11' && !this.#profile.qualityModule) return false;
    if (id.startsWith('HOOKS-XFER-')) return [...kinds].some((kind) => kind.includes(' '));
    if (id.startsWith('HOOKS-SUM-')) return kinds.has('summary');
    if (id.startsWith('HOOKS-EOC-')) return kinds.has('end');
    if (id.startsWith('HOOKS-RDL-')) return kinds.has('redial entry') || kinds.has('redial exit');
    const rules = entries.filter(({ requirement }) => requirement === id);
    return rules.length === 0 ? facts.has('hooks') : rules.some((rule) => this.#appliesTo(rule));
  }

  #appliesTo({ phase, steps }: LifecycleRule): boolean {
    if (phase === 'ended') return this.#kinds.has('end');
    return steps === undefined || steps.some((kind) => this.#kinds.has(kind));
  }
}
