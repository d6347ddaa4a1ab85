// How a tenant may read what the documents say in two ways, with a profile that says so; and how much of it it checks.
import { documentedAssignChecks } from '../assign-conversation.ts';
import { tokenRefusal } from '../authentication.ts';
import type { Behaviour } from '../behaviour.ts';
import { documentedHooksChecks } from '../hooks.ts';
import type { Variation } from './variation.ts';

const onlyTheHeaders = (hooks: 'token' | 'auth'): Partial<Behaviour> => ({
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
    name: 'keeps-no-order',
    says: 'Events are taken in any order: what is wrong with one is found in that event alone.',
    seenBy: ['HOOKS-SEQ-13', 'HOOKS-SEQ-14', 'HOOKS-RDL-01', 'HOOKS-ERR-02'],
    behaviour: () => ({ order: {} }),
  },
  {
    name: 'takes-the-token-header-only',
    says: 'The hooks read the JWT in the header token, assign-conversation in auth (X-01).',
    seenBy: ['HOOKS-AUTH-01', 'HOOKS-AUTH-02', 'ASSIGN-AUTH-01'],
    behaviour: () => onlyTheHeaders('token'),
  },
  {
    name: 'takes-the-auth-header-only',
    says: 'Both APIs read the JWT in the header auth, and the profile says so (X-01).',
    seenBy: ['HOOKS-AUTH-01', 'HOOKS-AUTH-02', 'ASSIGN-AUTH-01'],
    settings: { TENANT_AUTH_HEADER: 'auth' },
    behaviour: () => onlyTheHeaders('auth'),
  },
  {
    name: 'takes-the-parameters-of-a-transfer-in-the-query-only',
    says: 'assign-conversation reads its parameters in the query, and the profile says so (X-22).',
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
