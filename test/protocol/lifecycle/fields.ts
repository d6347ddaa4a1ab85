// Every required field of the documents' tables, and the requirement that is broken when it is missing or no such thing.
import type { Told } from './conversations.ts';

type Fields = Readonly<Record<string, string>>;

/** CE and IT, the envelope. */
const envelope: Fields = { conversationId: 'HOOKS-ENV-01', botId: 'HOOKS-ENV-03' };

const ofMessage: Fields = {
  query: 'HOOKS-MSG-01',
  agentId: 'HOOKS-MSG-02',
  experience: 'HOOKS-MSG-03',
  'author.type': 'HOOKS-MSG-04',
  author: 'HOOKS-MSG-04',
  source: 'HOOKS-MSG-05',
  sendUserMessage: 'HOOKS-MSG-06',
  sendAgentMessage: 'HOOKS-MSG-07',
  language: 'HOOKS-MSG-08',
};

/** Of what an event needs to be one. */
const ofEvent: Fields = { events: 'HOOKS-ENV-05', name: 'HOOKS-ENV-07' };

const ofTransfer: Fields = {
  transfertype: 'HOOKS-XFER-01',
  transition: 'HOOKS-XFER-02',
  isExtAD: 'HOOKS-XFER-03',
  experience: 'HOOKS-XFER-07',
  participant: 'HOOKS-XFER-08',
  'participant.identity': 'HOOKS-XFER-08',
  'participant.name': 'HOOKS-XFER-08',
  'participant.type': 'HOOKS-XFER-08',
};

const ofSummary: Fields = {
  'data.language': 'HOOKS-SUM-01',
  'data.locale': 'HOOKS-SUM-02',
  'data.type': 'HOOKS-SUM-03',
};

const ofEnd: Fields = {
  reason: 'HOOKS-EOC-02',
  language: 'HOOKS-EOC-03',
  experience: 'HOOKS-EOC-04',
  participant: 'HOOKS-EOC-05',
  'participant.identity': 'HOOKS-EOC-05',
  'participant.name': 'HOOKS-EOC-05',
  'participant.type': 'HOOKS-EOC-05',
};

/** The fields of a body that tells one step. */
export const fieldsOf: Readonly<Record<Told['type'], Fields>> = {
  message: { ...envelope, ...ofMessage },
  transfer: { ...envelope, ...ofEvent, ...ofTransfer },
  summary: { ...envelope, ...ofEvent, ...ofSummary },
  end: { ...envelope, ...ofEvent, ...ofEnd },
};
