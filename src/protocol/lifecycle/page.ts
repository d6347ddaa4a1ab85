// docs/lifecycle.md: the model for people who do not read code. Every arrow and every cell is computed by the model.
import { type Level, requirement } from '../catalogue.ts';
import { eventNames, eventTable } from '../event-table.ts';
import { type EventName, plainAgent, type Transfer, type Transition } from '../events.ts';
import { advance } from './lifecycle.ts';
import { type LifecycleRule, lifecycleRules } from './rules.ts';
import { type Standing, standingOf } from './standing.ts';
import { newConversation } from './state.ts';
import type { Participant, Step } from './step.ts';

const [one, two, three, stranger] = [1, 2, 3, 9].map(plainAgent) as [
  Participant,
  Participant,
  Participant,
  Participant,
];

function transfer(transfer: Transfer, transition: Transition, agent: Participant): Step {
  return { type: 'transfer', transfer, transition, agent };
}

const begins = transfer('NA', 'entry', one);
const leaves = transfer('NA', 'exit', one);
const redials = transfer('redial', 'entry', one);
const joins = transfer('warm', 'entry', two);

/** Where a conversation can stand, and histories that lead there: what may come next can depend on the history. */
const standings = {
  'nobody yet': [[]],
  'one agent': [[begins], [redials], [begins, joins, transfer('warm', 'exit', two)]],
  'several agents': [
    [begins, joins],
    [begins, joins, transfer('warm', 'entry', three)],
  ],
  'handed over': [[begins, transfer('cold', 'exit', one)]],
  left: [
    [begins, leaves],
    [begins, leaves, redials, leaves],
  ],
  ended: [[begins, leaves, { type: 'end' }]],
} satisfies Record<Standing, Step[][]>;

const described: Record<Standing, string> = {
  'nobody yet': 'nothing was sent so far',
  'one agent': 'one agent speaks with the customer',
  'several agents': 'agents speak with the customer together (warm transfer)',
  'handed over': 'an agent has left with cold exit, and the next one is still to come',
  left: 'the last agent has left with NA exit: the conversation is over, or the call has dropped',
  ended: 'END_OF_CONVERSATION was sent',
};

/** What can be sent. @param inside an agent who is in the conversation, or was there last; `stranger` never was */
const steps: Record<string, (inside: Participant) => Step> = {
  'NA entry': () => transfer('NA', 'entry', stranger),
  'cold exit': (inside) => transfer('cold', 'exit', inside),
  'cold entry of another agent': () => transfer('cold', 'entry', stranger),
  'warm entry of another agent': () => transfer('warm', 'entry', stranger),
  'warm exit': (inside) => transfer('warm', 'exit', inside),
  'NA exit': (inside) => transfer('NA', 'exit', inside),
  'redial entry': (inside) => transfer('redial', 'entry', inside),
  'redial exit': (inside) => transfer('redial', 'exit', inside),
  'warm entry of the same agent': (inside) => transfer('warm', 'entry', inside),
  'NA exit of an agent who is not there': () => transfer('NA', 'exit', stranger),
  message: () => ({ type: 'message' }),
  ...Object.fromEntries(eventNames.flatMap(plainStep)),
};

/** An event without details, by its name; none for a transfer, which has kinds. */
function plainStep(name: EventName): [name: string, step: () => Step][] {
  const type = eventTable[name].step;
  return type === 'transfer' ? [] : [[name, () => ({ type })]];
}

interface Outcome {
  to: Standing;
  broken: readonly string[];
  warnings: readonly string[];
}

/** The outcomes of a step, one for each history that leads to a state. */
function outcomes(from: Standing, step: (inside: Participant) => Step): Outcome[] {
  return standings[from].map((history: readonly Step[]) => {
    const before = history.reduce((state, step) => advance(state, { step }).state, newConversation);
    const inside = before.present.at(-1) ?? before.latest?.agent ?? one;
    const { state, breaches } = advance(before, { step: step(inside) });
    const ids = (level: Level) =>
      breaches.flatMap(({ finding }) => (finding.level === level ? [finding.requirement] : []));
    return { to: standingOf(state), broken: ids('must'), warnings: ids('should') };
  });
}

function describeOutcome({ to, broken, warnings }: Outcome): string {
  if (broken.length > 0) return `✗ ${broken.join(', ')}`;
  return warnings.length > 0 ? `${to}, with a warning: ${warnings.join(', ')}` : to;
}

/** Leaves the messages out: they change nothing. */
function picture(): string[] {
  const names = Object.keys(standings) as Standing[];
  const arrows = new Map<string, string[]>();
  for (const from of names) {
    for (const [name, step] of Object.entries(steps)) {
      for (const { to, broken, warnings } of outcomes(from, step)) {
        if (broken.length > 0 || name === 'message') continue;
        const label = warnings.length > 0 ? `${name} (warning)` : name;
        const arrow = `${id(from)} --> ${id(to)}`;
        const labels = arrows.get(arrow) ?? [];
        if (!labels.includes(label) && !labels.includes(name)) arrows.set(arrow, [...labels, label]);
      }
    }
  }
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...names.map((name) => `  state "${name}" as ${id(name)}`),
    `  [*] --> ${id('nobody yet')}`,
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${labels.join(', ')}`),
    `  ${id('ended')} --> [*]`,
    '```',
  ];
}

/** An id with a prefix, since "left" is a keyword of Mermaid. */
function id(standing: Standing): string {
  return `is_${standing.replaceAll(' ', '_')}`;
}

function transitions(): string[] {
  const names = Object.keys(standings) as Standing[];
  const rows = Object.entries(steps).map(([name, step]) => {
    const cells = names.map((from) =>
      [...new Set(outcomes(from, step).map(describeOutcome))].join('<br>or '),
    );
    return `| **${name}** | ${cells.join(' | ')} |`;
  });
  return [`| what comes | ${names.join(' | ')} |`, `| --- |${' --- |'.repeat(names.length)}`, ...rows];
}

function ruleTable(): string[] {
  const all = Object.values<LifecycleRule>(lifecycleRules).map((rule) => ({
    ...rule,
    level: rule.level ?? requirement(rule.requirement).level,
  }));
  const order = [...all, { requirement: 'HOOKS-SEQ-16', level: 'must', clause: complete } as const].sort(
    (a, b) => a.requirement.localeCompare(b.requirement) || a.level.localeCompare(b.level),
  );
  const rows = order.map(({ requirement: broken, level, clause }) => `| ${broken} | ${level} | ${clause} |`);
  return ['| requirement | level | rule |', '| --- | --- | --- |', ...rows];
}

const complete =
  'a conversation is complete: it has an NA exit and an END_OF_CONVERSATION; judged when the log ends, or when the conversation has gone idle';

/** Markdown of the model. @param banner first line */
export function lifecyclePage(banner: string): string {
  const parts = [
    [banner.trimEnd()],
    ['# The lifecycle of a conversation'],
    [
      'What the sender of the events (an adapter, a CTI integration) may send, and in which order. The tenant answers 200 to',
      'a wrong order as well, and the analytics are wrong afterwards. So `npm run check` and the recorder check the order, and',
      'so do the sandbox and the scenarios of this project. This page is generated from the model that they all use.',
    ],
    [
      'An agent joins with an *entry* and leaves with an *exit*. There are four kinds: *NA* for the first entry and the last',
      'exit, *cold* when the conversation is handed over, *warm* when agents are in it together, and *redial*, which is only',
      'an entry, when a call that had dropped is taken up again, or when an agent calls a customer back.',
    ],
    ['## The states of a conversation'],
    (Object.keys(standings) as Standing[]).map((name) => `- **${name}**: ${described[name]}`),
    [
      'The arrows are what the documents allow; "warning" marks what they show in one place and discourage in another.',
      'Messages are left out of the picture: they change nothing.',
    ],
    picture(),
    ['## What may come next'],
    [
      'One row for each event, one column for each state. A cell gives the next state or, after ✗, the broken requirement. A',
      'cell with "or" depends on what came before: redial entry straight after NA entry is the documented short form, which',
      'leaves the drop out, and after a redial a summary should come before the end. "The same agent" is one who is in the',
      'conversation, or was there last.',
    ],
    transitions(),
    [
      'An agent who was in the conversation before may come back by cold entry, by warm entry, or by redial. The agent who',
      'redials need not be the one whose call had dropped.',
    ],
    ['## The rules'],
    [
      'A broken *must* makes a conversation fail; a broken *should* is a warning. One requirement can have several rules.',
      'The requirements of a single request (its fields, its headers, its URL) are in `spec/requirements.yaml`.',
    ],
    ruleTable(),
    ['## One mistake is reported once'],
    [
      '- An event that comes too early, too late or twice is reported where it stands. Its consequences are not held against',
      '  the sender: the model continues from what the sender must have meant. When that is ambiguous, it no longer',
      '  checks who is in the conversation.',
      '- A conversation whose beginning is missing, as in a log that begins in the middle of it, breaks HOOKS-SEQ-01 once.',
      '  From then on the model does not check who is in it.',
      '- After an event that cannot be read (a misspelt name, no agent) it is not known who is in the conversation. The',
      '  defect of the event is reported by the requirement of its field.',
      '- What is missing at the end is reported when nothing more can come: when the log has ended, or when the conversation',
      '  has gone idle.',
    ],
  ];
  return `${parts.map((part) => part.join('\n')).join('\n\n')}\n`;
}
