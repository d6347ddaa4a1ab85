// For each requirement about the order of a conversation: one that keeps it, one that breaks it and nothing else, and
// the message.
import type { RequirementId } from '../../../src/protocol/catalogue.ts';

export interface OrderCase {
  kept: string;
  broken: string;
  wording: string;
  /** Where the documents show the form that is discouraged. */
  level?: 'should';
}

export const orderCases = {
  'HOOKS-SUM-04': [
    {
      kept: 'NA entry 1, NA exit 1, summary, end',
      broken: 'NA entry 1, summary, NA exit 1, end',
      wording:
        'A summary is triggered while Agent 1 ("agent-1") is in the conversation; it comes after the NA exit of the last agent',
    },
    {
      kept: 'NA entry 1, warm entry 2, warm exit 2, NA exit 1, summary, end',
      broken: 'NA entry 1, warm entry 2, summary, warm exit 2, NA exit 1, end',
      wording:
        'A summary is triggered while Agent 1 ("agent-1") and Agent 2 ("agent-2") are in the conversation; it comes after the NA exit of the last agent',
    },
    {
      kept: 'NA entry 1, cold exit 1, cold entry 2, NA exit 2, summary, end',
      broken: 'NA entry 1, cold exit 1, summary, cold entry 2, NA exit 2, end',
      wording:
        'A summary is triggered after the cold exit of Agent 1 ("agent-1"); it comes after the NA exit of the last agent',
    },
  ],
  'HOOKS-EOC-01': [
    {
      kept: 'NA entry 1, NA exit 1, end',
      broken: 'NA entry 1, NA exit 1, end, end',
      wording: 'END_OF_CONVERSATION comes again; it is sent exactly once',
    },
  ],
  'HOOKS-SEQ-01': [
    {
      kept: 'NA entry 1, cold exit 1, cold entry 2, NA exit 2, end',
      broken: 'cold entry 2, NA exit 2, end',
      wording:
        'The conversation begins with cold entry of Agent 2 ("agent-2"); it begins with NA entry, or with redial entry when an agent calls the customer back',
    },
    {
      kept: 'redial entry 1, NA exit 1, summary, end',
      broken: 'summary, end',
      wording:
        'The conversation begins with TRIGGER_SUMMARY_EVENT; it begins with NA entry, or with redial entry when an agent calls the customer back',
    },
  ],
  'HOOKS-SEQ-02': [
    {
      kept: 'NA entry 1, NA exit 1, end',
      broken: 'NA entry 1, end',
      wording:
        'END_OF_CONVERSATION comes while Agent 1 ("agent-1") is in the conversation; the NA exit of the last agent comes before it',
    },
    {
      kept: 'NA entry 1, warm entry 2, warm exit 1, NA exit 2, end',
      broken: 'NA entry 1, warm entry 2, end',
      wording:
        'END_OF_CONVERSATION comes while Agent 1 ("agent-1") and Agent 2 ("agent-2") are in the conversation; the NA exit of the last agent comes before it',
    },
  ],
  'HOOKS-SEQ-03': [
    {
      kept: 'NA entry 1, message, NA exit 1, end',
      broken: 'NA entry 1, NA exit 1, end, message',
      wording: 'message comes after END_OF_CONVERSATION; nothing may follow it',
    },
    {
      kept: 'NA entry 1, NA exit 1, end',
      broken: 'NA entry 1, NA exit 1, end, NA entry 2, NA exit 2',
      wording: 'NA entry of Agent 2 ("agent-2") comes after END_OF_CONVERSATION; nothing may follow it',
    },
  ],
  'HOOKS-SEQ-05': [
    {
      kept: 'NA entry 1, NA exit 1, redial entry 1, NA exit 1, summary, end',
      broken: 'NA entry 1, NA exit 1, NA entry 1, NA exit 1, summary, end',
      wording:
        'Agent 1 ("agent-1") joins with NA entry, but the conversation has begun already; NA entry happens once',
    },
  ],
  'HOOKS-SEQ-06': [
    {
      kept: 'NA entry 1, warm entry 2, warm exit 2, NA exit 1, end',
      broken: 'NA entry 1, warm exit 2, NA exit 1, end',
      wording:
        'Agent 2 ("agent-2") leaves with warm exit, but is not in the conversation (Agent 1 ("agent-1") is)',
    },
    {
      kept: 'NA entry 1, NA exit 1, end',
      broken: 'NA entry 1, NA exit 1, NA exit 1, end',
      wording: 'Agent 1 ("agent-1") leaves with NA exit, but is not in the conversation',
    },
    {
      kept: 'NA entry 1, warm entry 2, warm exit 2, NA exit 1, end',
      broken: 'NA entry 1, warm entry 2, warm entry 2, warm exit 2, NA exit 1, end',
      wording: 'Agent 2 ("agent-2") joins with warm entry, but is in the conversation already',
    },
  ],
  'HOOKS-SEQ-07': [
    {
      kept: 'NA entry 1, cold exit 1, cold entry 2, NA exit 2, end',
      broken: 'NA entry 1, cold entry 2, cold exit 1, NA exit 2, end',
      wording:
        'Agent 2 ("agent-2") joins by cold transfer while Agent 1 ("agent-1") has not left (X-09: the flow lists of both pages have the exit first, their samples print the entry first)',
    },
    {
      kept: 'NA entry 1, warm entry 2, warm exit 2, cold exit 1, cold entry 3, NA exit 3, end',
      broken: 'NA entry 1, warm entry 2, cold entry 3, NA exit 3, end',
      wording:
        'Agent 3 ("agent-3") joins by cold transfer while Agent 1 ("agent-1") and Agent 2 ("agent-2") have not left (X-09: the flow lists of both pages have the exit first, their samples print the entry first)',
    },
    {
      kept: 'NA entry 1, NA exit 1, end',
      broken: 'NA entry 1, NA exit 1, cold entry 2, NA exit 2, end',
      wording:
        'Agent 2 ("agent-2") joins by cold transfer, but nobody left with cold exit before: the last one left with NA exit',
    },
  ],
  'HOOKS-SEQ-08': [
    {
      kept: 'NA entry 1, cold exit 1, cold entry 2, cold exit 2, cold entry 3, NA exit 3, end',
      broken: 'NA entry 1, cold exit 1, cold exit 2, cold entry 3, NA exit 3, end',
      wording:
        'Agent 1 ("agent-1") left with cold exit, and no agent joined with cold entry before the cold exit of Agent 2 ("agent-2")',
    },
    {
      kept: 'NA entry 1, cold exit 1, cold entry 2, NA exit 2, redial entry 1, NA exit 1, summary, end',
      broken: 'NA entry 1, cold exit 1, redial entry 1, NA exit 1, summary, end',
      wording:
        'Agent 1 ("agent-1") left with cold exit, and no agent joined with cold entry before the redial entry of Agent 1 ("agent-1")',
    },
  ],
  'HOOKS-SEQ-09': [
    {
      kept: 'NA entry 1, warm entry 2, warm exit 1, NA exit 2, end',
      broken: 'NA entry 1, cold exit 1, warm entry 2, NA exit 2, end',
      wording: 'Agent 2 ("agent-2") joins by warm transfer, but nobody is in the conversation',
    },
  ],
  'HOOKS-SEQ-10': [
    {
      kept: 'NA entry 1, warm entry 2, warm exit 2, NA exit 1, end',
      broken: 'NA entry 1, warm entry 2, cold exit 2, NA exit 1, end',
      wording:
        'Agent 2 ("agent-2") leaves with cold exit while Agent 1 ("agent-1") stays; that is a warm exit',
    },
    {
      kept: 'NA entry 1, warm entry 2, warm entry 3, warm exit 1, warm exit 2, NA exit 3, end',
      broken: 'NA entry 1, warm entry 2, warm entry 3, NA exit 1, end',
      wording:
        'Agent 1 ("agent-1") leaves with NA exit while Agent 2 ("agent-2") and Agent 3 ("agent-3") stay; that is a warm exit',
    },
  ],
  'HOOKS-SEQ-11': [
    {
      kept: 'NA entry 1, warm entry 2, warm exit 1, NA exit 2, end',
      broken: 'NA entry 1, warm entry 2, warm exit 1, warm exit 2, end',
      wording:
        'Agent 2 ("agent-2") leaves with warm exit and was the last one; the last agent leaves with NA exit',
    },
  ],
  'HOOKS-SEQ-12': [
    {
      kept: 'NA entry 1, message, NA exit 1, end',
      broken: 'NA entry 1, NA exit 1, message, message, end',
      wording: 'A message is sent while no agent is in the conversation',
    },
  ],
  'HOOKS-SEQ-16': [
    {
      kept: 'NA entry 1, NA exit 1, end',
      broken: 'NA entry 1, NA exit 1',
      wording: 'The conversation is not complete: END_OF_CONVERSATION did not come',
    },
    {
      kept: 'NA entry 1, NA exit 1, end',
      broken: 'NA entry 1',
      wording:
        "The conversation is not complete: the last agent's NA exit and END_OF_CONVERSATION did not come",
    },
  ],
  'HOOKS-RDL-01': [
    {
      kept: 'NA entry 1, cold exit 1, cold entry 2, NA exit 2, redial entry 2, NA exit 2, summary, end',
      broken: 'NA entry 1, cold exit 1, cold entry 2, redial entry 2, NA exit 2, summary, end',
      wording:
        'Agent 2 ("agent-2") redials while Agent 2 ("agent-2") is in the conversation; the drop is reported first, with NA exit',
    },
    {
      kept: 'NA entry 1, warm entry 2, warm exit 1, NA exit 2, redial entry 1, NA exit 1, summary, end',
      broken: 'NA entry 1, warm entry 2, redial entry 1, NA exit 1, summary, end',
      wording:
        'Agent 1 ("agent-1") redials while Agent 1 ("agent-1") and Agent 2 ("agent-2") are in the conversation; the drop is reported first, with NA exit',
    },
    {
      kept: 'redial entry 1, NA exit 1, end',
      broken: 'NA entry 1, NA exit 1, redial entry 1, NA exit 1, end',
      wording: 'The call was taken up by redial, and no summary was triggered before END_OF_CONVERSATION',
      level: 'should',
    },
  ],
  'HOOKS-RDL-03': [
    {
      kept: 'redial entry 1, NA exit 1, end',
      broken: 'redial entry 1, redial exit 1, end',
      wording:
        'Agent 1 ("agent-1") leaves with redial exit; redial is only ever an entry, and the last agent leaves with NA exit',
    },
  ],
  'HOOKS-RDL-05': [
    {
      kept: 'NA entry 1, NA exit 1, redial entry 1, NA exit 1, summary, end',
      broken: 'NA entry 1, NA exit 1, end, redial entry 1, NA exit 1, summary, end',
      wording:
        'Agent 1 ("agent-1") redials after END_OF_CONVERSATION; a call that drops is not ended before it is over for good',
    },
  ],
  'HOOKS-RDL-06': [
    {
      kept: 'NA entry 1, NA exit 1, redial entry 1, NA exit 1, summary, end',
      broken: 'NA entry 1, redial entry 1, NA exit 1, summary, end',
      wording:
        'Agent 1 ("agent-1") redials straight after the NA entry: the drop was not reported with NA exit',
    },
  ],
} satisfies Partial<Record<RequirementId, OrderCase[]>>;
