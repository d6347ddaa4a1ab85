// User and agent messages.
import { refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { refusingMessages } from './refusing.ts';

const broken = refusal(500, 'Internal server error');

export const messageFaults: readonly Fault[] = [
  {
    name: 'breaks-on-characters-of-four-bytes',
    breaks: 'HOOKS-MSG-01',
    says: 'Answers 500 to a query with an emoji, which its database cannot hold.',
    behaviour: () => refusingMessages(({ query }) => /[\u{10000}-\u{10ffff}]/u.test(query), broken),
  },
  {
    name: 'takes-markup-for-an-attack',
    breaks: 'HOOKS-MSG-01',
    says: 'Refuses a query that looks like HTML.',
    behaviour: () => refusingMessages(({ query }) => /<\w+>/.test(query), refusal(403, 'Forbidden')),
  },
  {
    name: 'wants-a-word-in-a-query',
    breaks: 'HOOKS-MSG-01',
    says: 'Refuses a query without a letter.',
    behaviour: () => refusingMessages(({ query }) => !/\p{L}/u.test(query)),
  },
  {
    name: 'refuses-a-long-query',
    breaks: 'HOOKS-MSG-01',
    says: 'Refuses a query of more than 255 characters.',
    behaviour: () => refusingMessages(({ query }) => query.length > 255),
  },
  {
    name: 'takes-a-repeated-query-for-a-duplicate',
    breaks: 'HOOKS-MSG-01',
    says: 'Refuses a text that was said before in the same conversation.',
    behaviour: () => {
      const said = new Set<string>();
      return refusingMessages(
        ({ query }, conversationId) => {
          const key = `${conversationId} ${query}`;
          const known = said.has(key);
          said.add(key);
          return known;
        },
        refusal(409, 'This message was received before'),
      );
    },
  },
  {
    name: 'knows-the-messages-of-the-first-agent-only',
    breaks: 'HOOKS-MSG-02',
    says: 'Refuses messages whose agentId is not that of the first message.',
    behaviour: () => {
      const first = new Map<string, string>();
      return refusingMessages(({ agentId }, conversationId) => {
        if (!first.has(conversationId)) first.set(conversationId, agentId);
        return first.get(conversationId) !== agentId;
      });
    },
  },
  {
    name: 'refuses-messages-of-a-third-agent',
    breaks: 'HOOKS-MSG-02',
    says: 'Has room for two agentIds in a conversation.',
    behaviour: () => {
      const known = new Map<string, Set<string>>();
      return refusingMessages(({ agentId }, conversationId) => {
        const agents = known.get(conversationId) ?? new Set();
        known.set(conversationId, agents.add(agentId));
        return agents.size > 2;
      });
    },
  },
  {
    name: 'lets-an-agent-speak-no-more-after-another',
    breaks: 'HOOKS-MSG-02',
    says: 'Refuses a message of an agent once a later one has spoken, though both are in the conversation.',
    behaviour: () => {
      const latest = new Map<string, string>();
      return refusingMessages(({ agentId }, conversationId) => {
        const before = latest.get(conversationId) ?? '';
        if (agentId > before) latest.set(conversationId, agentId);
        return agentId < before;
      });
    },
  },
  {
    name: 'takes-messages-of-chats-only',
    breaks: 'HOOKS-MSG-03',
    says: 'Refuses messages of voice conversations.',
    behaviour: () => refusingMessages(({ experience }) => experience === 'voice'),
  },
  {
    name: 'takes-messages-of-calls-only',
    breaks: 'HOOKS-MSG-03',
    says: 'Refuses messages of chats.',
    behaviour: () => refusingMessages(({ experience }) => experience === 'chat'),
  },
  {
    name: 'refuses-what-an-agent-says-in-a-call',
    breaks: 'HOOKS-MSG-03',
    says: 'Takes the messages of agents in chats only.',
    behaviour: () =>
      refusingMessages(({ experience, author }) => experience === 'voice' && author.type === 'AGENT'),
  },
  {
    name: 'knows-users-only-as-authors',
    breaks: 'HOOKS-MSG-04',
    says: 'Refuses a message of an agent.',
    behaviour: () => refusingMessages(({ author }) => author.type === 'AGENT'),
  },
  {
    name: 'wants-authors-to-take-turns',
    breaks: 'HOOKS-MSG-04',
    says: 'Refuses a second message in a row of the same author.',
    behaviour: () => {
      const latest = new Map<string, string>();
      return refusingMessages(({ author }, conversationId) => {
        const again = latest.get(conversationId) === author.type;
        latest.set(conversationId, author.type);
        return again;
      });
    },
  },
  {
    name: 'lets-the-user-speak-first',
    breaks: 'HOOKS-MSG-04',
    says: 'Refuses a message of an agent before the first one of the user.',
    behaviour: () => {
      const opened = new Set<string>();
      return refusingMessages(({ author }, conversationId) => {
        if (author.type === 'USER') opened.add(conversationId);
        return !opened.has(conversationId);
      });
    },
  },
  {
    name: 'refuses-the-fourth-message',
    breaks: 'HOOKS-MSG-04',
    says: 'Takes three messages a conversation, whoever wrote them.',
    behaviour: () => {
      const counts = new Map<string, number>();
      return refusingMessages((_, conversationId) => {
        const count = (counts.get(conversationId) ?? 0) + 1;
        counts.set(conversationId, count);
        return count > 3;
      });
    },
  },
  {
    name: 'knows-one-platform',
    breaks: 'HOOKS-MSG-05',
    says: 'Takes messages of the source genesys only.',
    behaviour: () => refusingMessages(({ source }) => source !== 'genesys'),
  },
  {
    name: 'does-not-know-every-platform',
    breaks: 'HOOKS-MSG-05',
    says: 'Has a list of platforms without amazonconnect.',
    behaviour: () => refusingMessages(({ source }) => source === 'amazonconnect'),
  },
  {
    name: 'takes-a-false-senduser-flag-for-a-missing-one',
    breaks: 'HOOKS-MSG-06',
    says: 'Finds sendUserMessage missing when it is false.',
    behaviour: () => refusingMessages(({ sendUserMessage }) => !sendUserMessage),
  },
  {
    name: 'refuses-a-true-senduser-flag',
    breaks: 'HOOKS-MSG-06',
    says: 'Takes sendUserMessage when it is false only.',
    behaviour: () => refusingMessages(({ sendUserMessage }) => sendUserMessage),
  },
  {
    name: 'takes-a-false-sendagent-flag-for-a-missing-one',
    breaks: 'HOOKS-MSG-07',
    says: 'Finds sendAgentMessage missing when it is false.',
    behaviour: () => refusingMessages(({ sendAgentMessage }) => !sendAgentMessage),
  },
  {
    name: 'refuses-a-true-sendagent-flag',
    breaks: 'HOOKS-MSG-07',
    says: 'Takes sendAgentMessage when it is false only.',
    behaviour: () => refusingMessages(({ sendAgentMessage }) => sendAgentMessage),
  },
  {
    name: 'knows-english-messages-only',
    breaks: 'HOOKS-MSG-08',
    says: 'Refuses a message in another language than en.',
    behaviour: () => refusingMessages(({ language }) => language !== 'en'),
  },
  {
    name: 'refuses-a-message-in-a-regional-language',
    breaks: 'HOOKS-MSG-08',
    says: 'Takes languages of two letters only.',
    behaviour: () => refusingMessages(({ language }) => language.length !== 2),
  },
  {
    name: 'keeps-the-language-of-the-first-message',
    breaks: 'HOOKS-MSG-08',
    says: 'Refuses a message in another language than the first one of its conversation.',
    behaviour: () => {
      const first = new Map<string, string>();
      return refusingMessages(({ language }, conversationId) => {
        if (!first.has(conversationId)) first.set(conversationId, language);
        return first.get(conversationId) !== language;
      });
    },
  },
];
