// The controls of a refused transfer: the same transfer in another form. When one is accepted, it was the form that the tenant
// refused, and the requirement about that form is broken; no other is.
import type { RequirementId } from '../catalogue.ts';

export type Parameters = Record<string, string>;

/** What the transfer that was refused is like. */
export interface RefusedTransfer {
  to: 'agent' | 'queue';
  parametersIn: 'body' | 'query';
  hasAccount: boolean;
  /** The parameter of the target that it does not name. */
  otherTarget: Parameters;
  /** A callbackUrl that the tenant has taken before. */
  takenCallbackUrl?: string;
}

export interface TransferControl {
  /** The requirement that is broken when the control is accepted. */
  requirement: RequirementId;
  /** How it differs, for people: "without orgId". */
  words: string;
  /** What becomes of its parameters. */
  change?: (parameters: Parameters) => Parameters;
  parametersIn?: 'body' | 'query';
  contentType?: string;
  authHeader?: 'token';
  withoutAccount?: boolean;
  /** Controls that change less: when one of them is accepted as well, it explains more. */
  narrower?: readonly TransferControl[];
}

type Renamed = 'orgId' | 'botSessionId' | 'callbackUrl' | 'aId' | 'queueId';

/** The names that the answers have, and other spellings. */
const otherNames: Record<Renamed, readonly string[]> = {
  orgId: ['organizationId', 'organisationId', 'orgID', 'orgid'],
  botSessionId: ['sessionId', 'conversationId', 'botSessionID', 'botsessionid'],
  callbackUrl: ['callbackURL', 'callbackurl'],
  aId: ['agentId'],
  queueId: ['queueID', 'queueid'],
};

/** The requirement that names a parameter. */
const requirementOf: Record<Renamed | 'transferredType', RequirementId> = {
  callbackUrl: 'ASSIGN-REQ-02',
  orgId: 'ASSIGN-REQ-03',
  botSessionId: 'ASSIGN-REQ-04',
  aId: 'ASSIGN-REQ-05',
  queueId: 'ASSIGN-REQ-06',
  transferredType: 'ASSIGN-REQ-06',
};

export function targetRequirement(to: 'agent' | 'queue'): RequirementId {
  return requirementOf[to === 'agent' ? 'aId' : 'queueId'];
}

/** All that apply, the likeliest first. */
export function assignmentControls(refused: RefusedTransfer): TransferControl[] {
  const own = refused.to === 'agent' ? 'aId' : 'queueId';
  const renamed = ['orgId', 'botSessionId', 'callbackUrl', own] as const;
  return [
    ...headerControls(refused),
    ...(['orgId', 'botSessionId', 'callbackUrl'] as const).map(without),
    ...typeControls(refused),
    ...renamed.map(besides),
    {
      requirement: targetRequirement(refused.to),
      words: `with ${Object.keys(refused.otherTarget).join()} besides ${own}`,
      change: (parameters) => ({ ...parameters, ...refused.otherTarget }),
    },
    ...renamed.flatMap((name) => otherNames[name].map((other) => inPlace(name, other))),
    ...earlierCallbackUrl(refused),
  ];
}

function headerControls({ parametersIn, hasAccount }: RefusedTransfer): TransferControl[] {
  const other = parametersIn === 'body' ? 'query' : 'body';
  const charset = 'application/json; charset=utf-8';
  return [
    ...(hasAccount
      ? [
          {
            requirement: 'ASSIGN-REQ-07',
            words: 'without the accountid header',
            withoutAccount: true,
          } as const,
        ]
      : []),
    // The table has them in the query, the samples in the body: a finding of this requirement says what it depends on.
    {
      requirement: 'ASSIGN-REQ-02',
      words: `with its parameters in the ${other}, where TENANT_ASSIGN_PARAMETERS_IN=${other} puts them`,
      parametersIn: other,
    },
    { requirement: 'ASSIGN-REQ-01', words: `as ${charset}`, contentType: charset },
    {
      requirement: 'ASSIGN-AUTH-04',
      words: 'with the token in the header token, not in auth',
      authHeader: 'token',
    },
  ];
}

function typeControls({ to }: RefusedTransfer): TransferControl[] {
  const requirement = targetRequirement(to);
  const of = (transferredType: string): TransferControl => ({
    requirement,
    words: `with transferredType ${transferredType}`,
    change: (parameters) => ({ ...parameters, transferredType }),
  });
  if (to === 'agent') return ['AGENT', 'agent'].map(of);
  return [without('transferredType'), ...['queue', 'Queue'].map(of)];
}

function without(name: keyof typeof requirementOf): TransferControl {
  return {
    requirement: requirementOf[name],
    words: `without ${name}`,
    change: ({ [name]: _, ...others }) => others,
  };
}

/** A tenant may look for another name, and mind the documented one as little as any that it does not know. */
function besides(name: Renamed): TransferControl {
  const of = (others: readonly string[]): TransferControl => ({
    requirement: requirementOf[name],
    words: `with ${others.join(', ')} besides ${name}`,
    change: (parameters) => ({
      ...parameters,
      ...Object.fromEntries(others.map((other) => [other, parameters[name]!])),
    }),
  });
  const names = otherNames[name];
  return names.length > 1 ? { ...of(names), narrower: names.map((other) => of([other])) } : of(names);
}

function inPlace(name: Renamed, other: string): TransferControl {
  return {
    requirement: requirementOf[name],
    words: `with ${other} in place of ${name}`,
    change: ({ [name]: value, ...others }) => ({ ...others, [other]: value! }),
  };
}

function earlierCallbackUrl({ takenCallbackUrl }: RefusedTransfer): TransferControl[] {
  if (takenCallbackUrl === undefined) return [];
  return [
    {
      requirement: 'ASSIGN-REQ-02',
      words: 'with the callbackUrl of an earlier transfer',
      change: (parameters) => ({ ...parameters, callbackUrl: takenCallbackUrl }),
    },
  ];
}

/**
 * The transfer without the one parameter of it that a text names; undefined when it names none, or several. When the tenant gives
 * another answer to that, the text is about the parameter.
 */
export function withoutTheOneNamedIn(text: string, parameters: object): TransferControl | undefined {
  const names = Object.keys(requirementOf) as (keyof typeof requirementOf)[];
  const named = names.filter((name) => name in parameters && new RegExp(`\\b${name}\\b`).test(text));
  return named.length === 1 ? without(named[0]!) : undefined;
}
