// Transfers that cannot succeed: what the tenant answers, and what it posts, is not documented.
import { Then, When } from '@cucumber/cucumber';
import { isAccepted } from '../src/protocol/answers.ts';
import { type Assignment, assignmentParameters, judgeEcho } from '../src/protocol/assignment.ts';
import { judgeFailureCallback, postedKind } from '../src/protocol/callback.ts';
import { unknownTargets } from '../src/protocol/endpoints.ts';
import { answerInBrief } from '../src/protocol/observations.ts';
import type { Session } from '../src/run/session.ts';
import { decides } from './decides.ts';
import {
  assignRequest,
  giveUpUnreached,
  isWithheld,
  newAssignment,
  postedFor,
  type Target,
} from './transfers.ts';
import { ofAnother } from './verdicts.ts';
import type { ConformanceWorld } from './world.ts';

/** What a transfer names that no tenant knows. */
export const unattainable = {
  'to an unknown agent': 'aId',
  'to an unknown queue': 'queueId',
  'of an unknown session': 'botSessionId',
} as const;

export type Unattainable = keyof typeof unattainable;

/** Sends assign-conversation with an id that no tenant knows. */
When('a transfer {unattainable} is requested', async function (this: ConformanceWorld, what: Unattainable) {
  const field = unattainable[what];
  const known = await newAssignment(this, field === 'queueId' ? 'queue' : 'agent');
  const { callbackKey } = known;
  const assignment = { ...known.assignment, ...unknown(field) };
  const request = assignRequest(this, assignmentParameters(assignment));
  const sent = await this.sendTransfer(request, `transfer ${what}`);
  sent.judged = true;
  // Whether such a transfer is accepted is not documented.
  delete sent.due;
  this.failing.push({ what: `a transfer ${what}`, assignment, callbackKey, sent });
});

function unknown(field: keyof typeof unknownTargets): Partial<Assignment> {
  const id = unknownTargets[field];
  if (field === 'botSessionId') return { botSessionId: id };
  return { target: field === 'aId' ? { aId: id } : { queueId: id } };
}

Then(
  'a message is posted for it, if the tenant has accepted it',
  decides('failure'),
  async function (this: ConformanceWorld) {
    return expectMessages(this);
  },
);

/** Records what becomes of each, under X-36. @returns skipped when the tenant refused them all, so that nothing has to come */
async function expectMessages(world: ConformanceWorld): Promise<'skipped' | undefined> {
  const { scenario, session } = world;
  let accepted = 0;
  let withheld = 0;
  for (const { what, assignment, callbackKey, sent } of world.failing) {
    scenario.observe({ ambiguity: 'X-36', question: what, answer: answerInBrief(sent.shown.answer!) });
    if (!isAccepted(sent.raw.answer!)) {
      session.inbox.refused(callbackKey, 'ASSIGN-CB-02');
      continue;
    }
    accepted += 1;
    const posted = await postedFor(world, { callbackKey, url: assignment.callbackUrl, sent });
    const judgement = judgeFailureCallback(posted, assignment, what, session.settings.callback.timeoutMs);
    const echo = { judgement: judgeEcho(sent.raw.answer!, assignment), sent };
    if (posted.length === 0 && (await isWithheld(world, callbackKey, judgement))) {
      withheld += 1;
      scenario.decide([echo]);
      continue;
    }
    const answer = posted.map(({ body }) => postedKind(body)).join(', ') || 'nothing';
    scenario.observe({ ambiguity: 'X-36', question: `what is posted for ${what}`, answer });
    const isAboutAll = posted.length === 0 && (await isSilent(world, targetOf(assignment)));
    scenario.decide([{ judgement: isAboutAll ? ofAnother(judgement, aboutAll) : judgement, sent }, echo]);
  }
  if (withheld > 0) giveUpUnreached(world);
  if (accepted > 0) return undefined;
  scenario.notApplicable('the tenant refuses a transfer that cannot succeed, so nothing has to be posted');
  return 'skipped';
}

function targetOf({ target }: Assignment): Target {
  return 'queueId' in target ? 'queue' : 'agent';
}

const aboutAll = {
  requirement: 'ASSIGN-CB-01',
  why: 'nor does it post anything for a transfer that can succeed',
} as const;

/** By worker and target, for a wait of the whole time-out. */
const silent = new WeakMap<Session, Map<Target, boolean>>();

/** Whether nothing is posted for a transfer that can succeed either. Only after nothing came for another one. */
async function isSilent(world: ConformanceWorld, target: Target): Promise<boolean> {
  const known = silent.get(world.session) ?? new Map<Target, boolean>();
  silent.set(world.session, known);
  if (!known.has(target)) known.set(target, await isSilentNow(world, target));
  return known.get(target)!;
}

async function isSilentNow(world: ConformanceWorld, target: Target): Promise<boolean> {
  const { assignment, callbackKey } = await newAssignment(world, target);
  const request = assignRequest(world, assignmentParameters(assignment));
  const label = `control: transfer to the ${target}`;
  const sent = await world.transmit(request, label, { isControl: true });
  const { answer, failure } = sent.raw;
  if (failure || !answer || !isAccepted(answer)) return false;
  return (await postedFor(world, { callbackKey, url: assignment.callbackUrl, sent })).length === 0;
}
