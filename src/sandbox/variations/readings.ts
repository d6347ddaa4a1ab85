// Ways to read clauses that the documents state in two ways, each with the profile that declares it; and how much a tenant
// may leave unchecked.
import { documentedAssignChecks } from '../assign-conversation.ts';
import { tokenRefusal } from '../authentication.ts';
import type { Behaviour } from '../behaviour.ts';
import { documentedHooksChecks } from '../hooks.ts';
import type { Variation } from './variation.ts';

const readingOnly = (hooks: 'token' | 'auth'): Partial<Behaviour> => ({
  hooksChecks: {
    ...documentedHooksChecks,
    token: (request, identity) => tokenRefusal(request.headers, [hooks], identity),
  },
  assignChecks: {
    ...documentedAssignChecks,
    token: (request, identity) => tokenRefusal(request.headers, ['auth'], identity),
  },
});

export const readings: readonly Variation[] = [
  {
    name: 'accepts-events-in-any-order',
    description: 'Events are accepted in any order: each is checked on its own.',
    seenBy: ['HOOKS-SEQ-13', 'HOOKS-SEQ-14', 'HOOKS-RDL-01', 'HOOKS-ERR-02'],
    behaviour: () => ({ order: {} }),
  },
  {
    name: 'reads-only-the-token-header',
    description: 'The hooks read the JWT in the header token, assign-conversation in auth (X-01).',
    seenBy: ['HOOKS-AUTH-01', 'HOOKS-AUTH-02', 'ASSIGN-AUTH-01'],
    behaviour: () => readingOnly('token'),
  },
  {
    name: 'reads-only-the-auth-header',
    description: 'Both APIs read the JWT in the header auth, as the profile declares (X-01).',
    seenBy: ['HOOKS-AUTH-01', 'HOOKS-AUTH-02', 'ASSIGN-AUTH-01'],
    settings: { TENANT_AUTH_HEADER: 'auth' },
    behaviour: () => readingOnly('auth'),
  },
  {
    name: 'reads-the-parameters-of-a-transfer-only-in-the-query',
    description: 'assign-conversation reads its parameters in the query, as the profile declares (X-22).',
    seenBy: ['ASSIGN-REQ-02', 'ASSIGN-REQ-03', 'ASSIGN-AUTH-01', 'ASSIGN-ERR-01'],
    settings: { TENANT_ASSIGN_PARAMETERS_IN: 'query' },
    behaviour: () => ({
      assignChecks: {
        ...documentedAssignChecks,
        parameters: (request) => documentedAssignChecks.parameters({ ...request, body: { kind: 'empty' } }),
      },
    }),
  },
];
