// Faults about user and agent messages.
import { refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { expectingNone, isMessage, refusingMessages } from './refusing.ts';

const broken = refusal(500, 'Internal server error');

export const messageFaults: readonly Fault[] = [
  {
    name: 'fails-on-characters-of-four-bytes',
    breaks: 'HOOKS-MSG-01',
    description: 'Answers 500 to a query with an emoji, which its database cannot hold.',
    behaviour: () => refusingMessages(({ query }) => /[\u{10000}-\u{10ffff}]/u.test(query), broken),
  },
  {
    name: 'refuses-markup-as-an-attack',
    breaks: 'HOOKS-MSG-01',
    description: 'Refuses a query that looks like HTML.',
    behaviour: () => refusingMessages(({ query }) => /<\w+>/.test(query), refusal(403, 'Forbidden')),
  },
  {
    name: 'requires-a-letter-in-a-query',
    breaks: 'HOOKS-MSG-01',
    description: 'Refuses a query without a letter.',
    behaviour: () => refusingMessages(({ query }) => !/\p{L}/u.test(query)),
  },
  {
    name: 'refuses-a-long-query',
    breaks: 'HOOKS-MSG-01',
    description: 'Refuses a query of more than 255 characters.',
    behaviour: () => refusingMessages(({ query }) => query.length > 255),
  },
  {
    name: 'refuses-a-repeated-query-as-a-duplicate',
    breaks: 'HOOKS-MSG-01',
    description: 'Refuses a text that was sent before in the same conversation.',
    behaviour: () => {
      const seen = new Set<string>();
      return refusingMessages(
        ({ query }, conversationId) => {
          const key = `${conversationId} ${query}`;
          const known = seen.has(key);
          seen.add(key);
          return known;
        },
        refusal(409, 'This message was received before'),
      );
    },
  },
  {
    name: 'refuses-a-message-that-equals-the-last-one',
    breaks: 'HOOKS-MSG-01',
    description: 'Refuses a message whose body is, byte for byte, that of the message before it.',
    behaviour: () => {
      const last = new Map<string, string>();
      return refusingMessages((message, conversationId) => {
        const before = last.get(conversationId);
        last.set(conversationId, JSON.stringify(message));
        return before === last.get(conversationId);
      });
    },
  },
  {
    name: 'accepts-only-the-messages-of-the-first-agent',
    breaks: 'HOOKS-MSG-02',
    description: 'Refuses messages with an agentId other than that of the first message.',
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
    description: 'Refuses messages with a third agentId in a conversation.',
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
    name: 'silences-an-agent-after-a-later-agent-has-spoken',
    breaks: 'HOOKS-SEQ-14',
    description:
      'Refuses a message of an agent after one of a later agent, though both are in the conversation.',
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
    name: 'accepts-only-messages-of-chats',
    breaks: 'HOOKS-MSG-03',
    description: 'Refuses messages of voice conversations.',
    behaviour: () => refusingMessages(({ experience }) => experience === 'voice'),
  },
  {
    name: 'accepts-only-messages-of-calls',
    breaks: 'HOOKS-MSG-03',
    description: 'Refuses messages of chats.',
    behaviour: () => refusingMessages(({ experience }) => experience === 'chat'),
  },
  {
    name: 'refuses-messages-of-agents-in-a-call',
    breaks: 'HOOKS-MSG-04',
    description: 'Refuses messages of agents in voice conversations.',
    behaviour: () =>
      refusingMessages(({ experience, author }) => experience === 'voice' && author.type === 'AGENT'),
  },
  {
    name: 'accepts-only-users-as-authors',
    breaks: 'HOOKS-MSG-04',
    description: 'Refuses a message of an agent.',
    behaviour: () => refusingMessages(({ author }) => author.type === 'AGENT'),
  },
  {
    name: 'requires-authors-to-take-turns',
    breaks: 'HOOKS-MSG-04',
    description: 'Refuses two messages in a row from the same author.',
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
    name: 'requires-the-user-to-speak-first',
    breaks: 'HOOKS-MSG-04',
    description: 'Refuses a message of an agent before the first message of the user.',
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
    description: 'Accepts only three messages in a conversation.',
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
    name: 'requires-a-source-in-capitals',
    breaks: 'HOOKS-MSG-05',
    description: 'Refuses a source in lower case, as the documents write genesys.',
    behaviour: () => refusingMessages(({ source }) => source === source.toLowerCase()),
  },
  {
    name: 'refuses-genesys-as-the-source-of-a-user',
    breaks: 'HOOKS-MSG-05',
    description: 'Refuses messages of the user that come over genesys.',
    behaviour: () => refusingMessages(({ source, author }) => source === 'genesys' && author.type === 'USER'),
  },
  {
    name: 'refuses-messages-with-an-experience',
    breaks: 'HOOKS-MSG-12',
    description: 'Expects messages that do not name their experience.',
    behaviour: () =>
      expectingNone(
        (body) => isMessage(body) && 'experience' in body,
        (body) => ('query' in body ? { experience: 'voice', ...body } : body),
      ),
  },
  {
    name: 'refuses-the-experience-of-an-agent',
    breaks: 'HOOKS-MSG-12',
    description: 'Expects messages of agents that do not name their experience.',
    behaviour: () =>
      expectingNone(
        (body) => isMessage(body) && body.author.type === 'AGENT' && 'experience' in body,
        (body) => (body.author?.type === 'AGENT' ? { experience: 'voice', ...body } : body),
      ),
  },
  {
    name: 'accepts-only-one-platform',
    breaks: 'HOOKS-MSG-11',
    description: 'Accepts only messages with the source genesys.',
    behaviour: () => refusingMessages(({ source }) => source !== 'genesys'),
  },
  {
    name: 'does-not-know-every-platform',
    breaks: 'HOOKS-MSG-11',
    description: 'Refuses messages with the source amazonconnect.',
    behaviour: () => refusingMessages(({ source }) => source === 'amazonconnect'),
  },
  {
    name: 'treats-a-false-senduser-flag-as-missing',
    breaks: 'HOOKS-MSG-06',
    description: 'Treats a sendUserMessage of false as missing.',
    behaviour: () => refusingMessages(({ sendUserMessage }) => !sendUserMessage),
  },
  {
    name: 'refuses-a-true-senduser-flag',
    breaks: 'HOOKS-MSG-06',
    description: 'Refuses sendUserMessage when it is true.',
    behaviour: () => refusingMessages(({ sendUserMessage }) => sendUserMessage),
  },
  {
    name: 'treats-a-false-sendagent-flag-as-missing',
    breaks: 'HOOKS-MSG-07',
    description: 'Treats a sendAgentMessage of false as missing.',
    behaviour: () => refusingMessages(({ sendAgentMessage }) => !sendAgentMessage),
  },
  {
    name: 'refuses-a-true-sendagent-flag',
    breaks: 'HOOKS-MSG-07',
    description: 'Refuses sendAgentMessage when it is true.',
    behaviour: () => refusingMessages(({ sendAgentMessage }) => sendAgentMessage),
  },
  {
    name: 'requires-one-of-the-flags-to-be-true',
    breaks: 'HOOKS-MSG-06',
    seenBy: ['HOOKS-MSG-04'],
    description: 'Refuses a message of the user whose flags are both false.',
    behaviour: () =>
      refusingMessages(
        ({ author, sendUserMessage, sendAgentMessage }) =>
          author.type === 'USER' && !sendUserMessage && !sendAgentMessage,
      ),
  },
  {
    name: 'requires-one-of-the-flags-to-be-true-in-a-chat',
    breaks: 'HOOKS-MSG-07',
    seenBy: ['HOOKS-MSG-02'],
    description: 'Refuses a message of an agent in a chat whose flags are both false.',
    behaviour: () =>
      refusingMessages(
        ({ author, experience, sendUserMessage, sendAgentMessage }) =>
          author.type === 'AGENT' && experience === 'chat' && !sendUserMessage && !sendAgentMessage,
      ),
  },
  {
    name: 'accepts-only-english-messages',
    breaks: 'HOOKS-MSG-08',
    description: 'Refuses a message in any language except en.',
    behaviour: () => refusingMessages(({ language }) => language !== 'en'),
  },
  {
    name: 'refuses-a-message-in-a-regional-language',
    breaks: 'HOOKS-MSG-08',
    description: 'Accepts only languages of two letters.',
    behaviour: () => refusingMessages(({ language }) => language.length !== 2),
  },
  {
    name: 'keeps-the-language-of-the-first-message',
    breaks: 'HOOKS-MSG-08',
    description: 'Refuses a message in a language other than that of the first message.',
    behaviour: () => {
      const first = new Map<string, string>();
      return refusingMessages(({ language }, conversationId) => {
        if (!first.has(conversationId)) first.set(conversationId, language);
        return first.get(conversationId) !== language;
      });
    },
  },
  {
    name: 'hears-agents-in-no-regional-language',
    breaks: 'HOOKS-MSG-08',
    seenBy: ['HOOKS-MSG-02', 'HOOKS-SEQ-13', 'HOOKS-SEQ-14', 'HOOKS-SEQ-15'],
    description: 'Refuses an agent message in a language with a region.',
    behaviour: () =>
      refusingMessages(({ author, language }) => author.type === 'AGENT' && language.includes('-')),
  },
  {
    name: 'hears-agents-only-in-english',
    breaks: 'HOOKS-MSG-08',
    description: 'Refuses an agent message in another language than English.',
    behaviour: () => refusingMessages(({ author, language }) => author.type === 'AGENT' && language !== 'en'),
  },
];
