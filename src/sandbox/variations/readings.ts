// Ways to read clauses that the documents state in two ways, each with the profile that declares it; and how much a tenant
// may leave unchecked.
import { defaultHooksPath, hooksPaths, printedPaths } from '../../protocol/endpoints.ts';
import type { Event } from '../../protocol/events.ts';
import { documentedAssignChecks } from '../assign-conversation.ts';
import { tokenRefusal } from '../authentication.ts';
import type { Behaviour } from '../behaviour.ts';
import { jsonOf } from '../body-checks.ts';
import { eventsOf, isMessage, isTransfer, refusing, refusingTransfers } from '../faults/refusing.ts';
import { isStep, refusingSteps } from '../faults/remembering.ts';
import { eventsIn, objectOf } from '../faults/requests.ts';
import { documentedHooksChecks, documentedSuccess } from '../hooks.ts';
import { refusal } from '../refusal.ts';
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

/** Refuses a language other than English, wherever one is named. */
const englishOnly = refusing((body) => {
  const named = [body, ...eventsOf(body)].map((one) => ('language' in one ? one.language : undefined));
  const summaries = eventsOf(body).flatMap((event) =>
    event.name === 'TRIGGER_SUMMARY_EVENT' ? [event.data.locale, event.data.language] : [],
  );
  const known: unknown[] = [undefined, 'en', 'English'];
  return ![...named, ...summaries].every((language) => known.includes(language));
});

const tokenBotAndJson: Behaviour['hooksChecks'] = {
  token: documentedHooksChecks.token,
  'botId of the path': documentedHooksChecks['botId of the path'],
  JSON: documentedHooksChecks.JSON,
  'botId of the body': (request, identity) => {
    if (!objectOf(jsonOf(request.body)).botId) return undefined;
    return documentedHooksChecks['botId of the body'](request, identity);
  },
};

const notFound = refusal(404, 'Nothing is served at this path');

/** Serves each kind of event at one path only. */
const atOwnPath = (kind: (event: Event) => boolean, path: string, others: string): Partial<Behaviour> => ({
  aroundHooks: (request, answer) => {
    const events = eventsIn(jsonOf(request.body)) as unknown as Event[];
    const wanted = events.length > 0 && events.every(kind) ? path : others;
    return request.path === wanted ? answer() : notFound;
  },
});

export const readings: readonly Variation[] = [
  {
    name: 'accepts-only-english',
    description: 'A language or a locale other than English is refused; the profile names none (X-35).',
    seenBy: ['HOOKS-MSG-08', 'HOOKS-XFER-06', 'HOOKS-EOC-03', 'HOOKS-SUM-01', 'HOOKS-SUM-02', 'HOOKS-MSG-01'],
    settings: { TENANT_LANGUAGES: 'en' },
    behaviour: () => englishOnly,
  },
  {
    name: 'reads-three-slashes-before-the-path',
    description:
      'The hooks are served at the path of the internal-transfers sample only, as the profile declares (X-34).',
    seenBy: ['HOOKS-EP-03', 'HOOKS-RDL-01'],
    settings: { TENANT_HOOKS_PATH: printedPaths['the internal-transfers sample'] },
    behaviour: () => ({
      aroundHooks: (request, answer) =>
        request.path === printedPaths['the internal-transfers sample'] ? answer() : notFound,
    }),
  },
  {
    name: 'reads-one-slash-before-the-path',
    description: 'Three slashes before the path are answered with 404 (X-34).',
    seenBy: ['HOOKS-EP-02', 'HOOKS-EP-03'],
    behaviour: () => ({
      aroundHooks: (request, answer) => (request.path.startsWith('//') ? notFound : answer()),
    }),
  },
  {
    name: 'takes-the-end-at-the-path-of-its-page',
    description:
      'The end is served at /agentai/api/v1/hooks alone, as the profile declares, and nothing else is (X-02).',
    seenBy: ['HOOKS-EP-02', 'HOOKS-EP-03', 'HOOKS-EOC-02', 'HOOKS-SEQ-04', 'HOOKS-ENV-06'],
    settings: { TENANT_END_PATH: hooksPaths['End of Conversation'] },
    behaviour: () =>
      atOwnPath(
        ({ name }) => name === 'END_OF_CONVERSATION',
        hooksPaths['End of Conversation'],
        defaultHooksPath,
      ),
  },
  {
    name: 'takes-a-redial-at-the-path-of-its-sample',
    description:
      'A redial is served at /api/v1/hooks alone, as the profile declares, and nothing else is (X-02).',
    seenBy: ['HOOKS-EP-02', 'HOOKS-EP-03', 'HOOKS-RDL-01', 'HOOKS-RDL-04', 'HOOKS-XFER-12'],
    settings: { TENANT_REDIAL_PATH: hooksPaths['the redial sample'] },
    behaviour: () =>
      atOwnPath(
        (event) => event.name === 'INTERNAL_TRANSFER_EVENT' && event.transfertype === 'redial',
        hooksPaths['the redial sample'],
        defaultHooksPath,
      ),
  },
  {
    name: 'wants-a-summary-after-a-redial-as-the-sequence-has-it',
    description:
      'The end of a conversation that was taken up by redial is refused until it is summarised (X-17).',
    seenBy: [
      'HOOKS-RDL-01',
      'HOOKS-RDL-04',
      'HOOKS-RDL-06',
      'HOOKS-SUM-05',
      'HOOKS-XFER-01',
      'HOOKS-XFER-06',
    ],
    warned: ['HOOKS-RDL-07'],
    behaviour: () =>
      refusingSteps(({ redialled, summarised }, step) => step.type === 'end' && redialled && !summarised),
  },
  {
    name: 'knows-the-reason-and-the-source-of-the-examples-only',
    description: 'Reasons other than agent_initiated, and sources other than genesys, are refused (X-35).',
    seenBy: ['HOOKS-EOC-02', 'HOOKS-EOC-07', 'HOOKS-MSG-05', 'HOOKS-MSG-11'],
    warned: ['HOOKS-EOC-07', 'HOOKS-MSG-11'],
    behaviour: () =>
      refusing(
        (body) =>
          (isMessage(body) && body.source !== 'genesys') ||
          eventsOf(body).some(
            (event) => event.name === 'END_OF_CONVERSATION' && event.reason !== 'agent_initiated',
          ),
      ),
  },
  {
    name: 'takes-a-redial-only-a-moment-after-the-entry',
    description:
      'A redial within 150 ms of the NA entry, a drop that was not reported, is refused; later, it is taken.',
    seenBy: ['HOOKS-RDL-01', 'HOOKS-RDL-06'],
    warned: ['HOOKS-RDL-06'],
    behaviour: () => {
      const entered = new Map<string, number>();
      return refusing((body) => {
        const { conversationId } = body;
        const [event] = eventsOf(body).filter(isTransfer);
        const isAtOnce =
          event?.transfertype === 'redial' && Date.now() - (entered.get(conversationId) ?? 0) < 150;
        if (event?.transfertype === 'NA' && event.transition === 'entry')
          entered.set(conversationId, Date.now());
        else if (!isAtOnce) entered.delete(conversationId);
        return isAtOnce;
      });
    },
  },
  {
    name: 'ignores-a-redial-as-in-the-curl',
    description:
      'A redial without isExtAD, as the curl has it, is answered with a success and not carried out.',
    seenBy: ['HOOKS-XFER-12', 'HOOKS-XFER-01'],
    behaviour: () => ({
      aroundHooks: (request, answer) => {
        const [event] = eventsIn(jsonOf(request.body));
        const isIgnored = event?.transfertype === 'redial' && !('isExtAD' in event);
        return isIgnored ? documentedSuccess() : answer();
      },
    }),
  },
  {
    name: 'begins-with-na-entry-only',
    description: 'A redial that opens a conversation is refused, as the key rule has it (X-18).',
    seenBy: ['HOOKS-RDL-01', 'HOOKS-RDL-04', 'HOOKS-SEQ-04'],
    warned: ['HOOKS-RDL-04'],
    behaviour: () => refusingSteps(({ begun }, step) => isStep(step, 'redial') && !begun),
  },
  {
    name: 'wants-isextad-on-a-redial',
    description:
      'The printed redial sample, which has no isExtAD, is refused as the table requires it (X-05).',
    seenBy: ['HOOKS-XFER-01', 'HOOKS-XFER-12', 'HOOKS-RDL-01'],
    warned: ['HOOKS-XFER-12'],
    behaviour: () => refusingTransfers(({ isExtAD }) => isExtAD === undefined),
  },
  {
    name: 'accepts-a-transfer-with-either-header',
    description: 'A transfer may carry its token in the header token, too (X-01).',
    seenBy: ['ASSIGN-AUTH-01', 'ASSIGN-AUTH-02'],
    behaviour: () => ({
      assignChecks: {
        ...documentedAssignChecks,
        token: (request, identity) => tokenRefusal(request.headers, ['auth', 'token'], identity),
      },
    }),
  },
  {
    name: 'accepts-whatever-is-json',
    description:
      'The hooks look at the token, the bot and whether the body is JSON, and answer 200 to all else, as real tenants do.',
    seenBy: ['HOOKS-ERR-01', 'HOOKS-ERR-02', 'HOOKS-ERR-04', 'HOOKS-AUTH-01', 'HOOKS-RESP-02'],
    warned: ['HOOKS-ERR-02'],
    behaviour: () => ({ order: {}, hooksChecks: tokenBotAndJson }),
  },
  {
    name: 'accepts-events-in-any-order',
    description: 'Events are accepted in any order: each is checked on its own.',
    seenBy: ['HOOKS-SEQ-13', 'HOOKS-SEQ-14', 'HOOKS-RDL-01', 'HOOKS-ERR-02'],
    behaviour: () => ({ order: {} }),
  },
  {
    name: 'has-a-gateway-that-reads-the-header-authorization',
    description:
      'A gateway refuses whatever comes with a header Authorization or a cookie, before the hooks see it.',
    seenBy: ['HOOKS-AUTH-01'],
    behaviour: () => ({
      aroundHooks: ({ headers }, answer) =>
        headers.authorization === undefined && headers.cookie === undefined
          ? answer()
          : refusal(401, 'The credentials are not known'),
    }),
  },
  {
    name: 'takes-a-message-or-events-but-not-both',
    description: 'A body with a message and events is refused: that both may share one is only shown.',
    seenBy: ['HOOKS-ERR-02', 'HOOKS-MSG-10'],
    behaviour: () => refusing((body) => isMessage(body) && eventsOf(body).length > 0),
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
