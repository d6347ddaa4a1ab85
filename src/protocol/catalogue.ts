// The requirement catalogue, typed. A requirement id that does not exist does not compile.
import { ambiguities, requirements } from './generated/catalogue.ts';
import { ownRequirements } from './own-requirements.ts';

export type RequirementId = (typeof requirements)[number]['id'];
export type AmbiguityId = (typeof ambiguities)[number]['id'];
export type Level = 'must' | 'should' | 'may';
export type Basis = 'stated' | 'shown' | 'inferred' | 'own';

/** What a sentence of a scenario contributes to the decision on a requirement; spec/requirements.yaml explains each. */
export type Evidence = Extract<
  (typeof requirements)[number],
  { readonly decidedBy: readonly string[] }
>['decidedBy'][number];

export interface Requirement {
  readonly id: RequirementId;
  readonly level: Level;
  /** Whether a document says it, prints it in a sample or a flow, it only follows from what is documented, or a team has added it. */
  readonly basis: Basis;
  /** Who has to keep it: the receiver of the events, their sender, or both. */
  readonly binds: 'tenant' | 'sender' | 'both';
  /** What a scenario needs to decide it, all of it; omitted when no run against a tenant can. */
  readonly decidedBy?: readonly Evidence[];
  /** The documents that state or show it, or that it is inferred from: CE, IT, EC, AC, AA; empty for good practice. */
  readonly source: readonly string[];
  readonly title: string;
  /** The version of the suite that first had it; a team's own have none. */
  readonly since?: string;
  /** The part of the documents that it belongs to, as a heading for people. */
  readonly area: string;
  readonly note?: string;
  readonly ambiguity?: readonly AmbiguityId[];
  /** Why no run against a tenant can decide it; omitted when one can. */
  readonly untestable?: string;
}

/** All requirements, in catalogue order; those of a team come last. */
export const catalogue: readonly Requirement[] = [...requirements, ...ownRequirements()];

const byId = new Map<string, Requirement>(catalogue.map((entry) => [entry.id, entry]));

export function requirement(id: RequirementId): Requirement {
  return byId.get(id)!;
}

/** Whether a text, such as a tag, is the id of a requirement. */
export function isRequirementId(text: string): text is RequirementId {
  return byId.has(text);
}

export const ambiguityIds: ReadonlySet<string> = new Set(ambiguities.map((entry) => entry.id));

/** Whether a text is the id of an ambiguity. */
export function isAmbiguityId(text: string): text is AmbiguityId {
  return ambiguityIds.has(text);
}

/** The requirements that bind the tenant. */
export const tenantRequirements: readonly Requirement[] = catalogue.filter(
  (entry) => entry.binds !== 'sender',
);

/** The requirements that bind whoever sends the events. */
export const senderRequirements: readonly Requirement[] = catalogue.filter(
  (entry) => entry.binds !== 'tenant',
);

/** Whether a requirement binds whoever sends the events, and not the tenant. */
export function bindsSenderOnly({ id }: { id: string }): boolean {
  return byId.get(id)?.binds === 'sender';
}

/** Why no run against a tenant can decide a requirement; undefined when one can. */
export function whyUntestable({ binds, untestable }: Requirement): string | undefined {
  if (untestable) return untestable;
  return binds === 'sender'
    ? 'it binds the sender of the events, so no answer of a tenant shows it'
    : undefined;
}

const aboutById = new Map<string, string>(ambiguities.map((entry) => [entry.id, entry.about]));

/** The ambiguities that a requirement depends on, for people: "X-09 (order of a cold transfer)". */
export function ambiguitiesOf(id: RequirementId): string[] {
  return (byId.get(id)!.ambiguity ?? []).map((one) => `${one} (${aboutById.get(one)})`);
}

const basisWords: Readonly<Record<Basis, string>> = {
  stated: 'Stated in',
  shown: 'Shown in',
  inferred: 'Inferred from',
  own: 'Own requirement, from',
};

/** "Shown in Hooks API for Internal Transfers". @param titles of the documents */
export function basisInWords(basis: Basis, titles: readonly string[]): string {
  if (titles.length > 0) return `${basisWords[basis]} ${titles.join(', ')}`;
  return basis === 'own' ? 'Own requirement' : 'Good practice: no document states it';
}

/** Titles of the documents, by the short names of the catalogue. */
export const documentTitles: Readonly<Record<string, string>> = {
  CE: 'Webhook API for Conversation Events',
  IT: 'Hooks API for Internal Transfers',
  EC: 'End of Conversation',
  AC: 'Transfer Conversation To a Specific Agent or Queue',
  AA: 'Transfer Conversation To a Specific Agent',
};
