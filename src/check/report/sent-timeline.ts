// A conversation of a log as a timeline, for its picture. Each column names its line of the log.
import {
  agentLane,
  type Cast,
  type Moment,
  markOf,
  newCast,
  type RequestOutcome,
  type Timeline,
  timelineOf,
} from '../../evidence/timeline.ts';
import { eventOfStep, eventTable } from '../../protocol/event-table.ts';
import { describeStep, type Participant, type Step } from '../../protocol/lifecycle/step.ts';
import type { CheckedConversation, PlacedFinding, SentStep } from '../result.ts';

/** @param findings their steps are marked */
export function sentTimeline(
  { conversationId, steps }: CheckedConversation,
  ...findings: readonly PlacedFinding[]
): Timeline {
  const cast = newCast();
  const names = laneNames(steps);
  const marked = new Set(findings.flatMap((finding) => stepsOfFinding(steps, finding)));
  let request: RequestOutcome | undefined;
  const moments = steps.map((sent, index): Moment => {
    const before = steps[index - 1];
    if (!request || before?.line !== sent.line || before.file !== sent.file) request = outcomeOf(sent);
    const moment = { ...momentOf(sent.step, cast, names), step: sent.step, request };
    return marked.has(index) ? { ...moment, marked: true } : moment;
  });
  return timelineOf(`conversation ${conversationId}`, moments, cast);
}

/** The steps that a finding is about, as indices: its event, its message, or all of its request. */
export function stepsOfFinding(steps: readonly SentStep[], finding: PlacedFinding): number[] {
  const { file, line, event, pointer } = finding;
  const requestFindings = [...steps.keys()].filter((index) => {
    const step = steps[index]!;
    return step.line === line && step.file === file;
  });
  const part = event ?? (pointer.startsWith('/query') ? undefined : 'all');
  const exact = requestFindings.filter((index) => steps[index]!.event === part);
  return exact.length > 0 ? exact : requestFindings;
}

/** Names by identity. Agents that share a name, as in the documents, are called by their identity. */
function laneNames(steps: readonly SentStep[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { step } of steps) {
    if (step.type === 'transfer') names.set(step.agent.identity, step.agent.name || step.agent.identity);
  }
  const byName = Map.groupBy(names, ([, name]) => name);
  return new Map([...names].map(([id, name]) => [id, byName.get(name)!.length > 1 ? id : name]));
}

function momentOf(step: Step, cast: Cast, names: ReadonlyMap<string, string>): Omit<Moment, 'request'> {
  const description = describeStep(step);
  const event = { lane: cast.conversation, noun: 'event' as const, description };
  switch (step.type) {
    case 'transfer': {
      const { transfer, transition, agent } = step;
      const caption = `${transfer} ${transition}`;
      return { ...event, lane: laneOf(agent, cast, names), shape: transfer, transition, caption };
    }
    case 'message':
      return { ...event, noun: 'message', shape: 'message', caption: 'message' };
    case 'unclear':
      return { ...event, shape: 'other', caption: 'unreadable' };
    default: {
      const { picture } = eventTable[eventOfStep(step.type)];
      return { ...event, shape: markOf(picture), caption: picture.caption };
    }
  }
}

function laneOf({ identity }: Participant, cast: Cast, names: ReadonlyMap<string, string>) {
  return agentLane(identity, names.get(identity) ?? '', cast);
}

function outcomeOf({ line, status, time }: SentStep): RequestOutcome {
  const at = time === undefined ? {} : { startedAt: time };
  const answer = `line ${line}`;
  if (status === 0) return { result: 'no answer', answer, reason: 'none was recorded', ...at };
  if (status === undefined || (status >= 200 && status < 300)) {
    return { result: 'accepted', answer, reason: '', ...at };
  }
  return { result: 'refused', answer, reason: `answered with ${status}`, ...at };
}
