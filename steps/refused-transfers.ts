// What a scenario expects of the answers to its transfers, and the controls of a refused one: it is sent again in other forms,
// until one is accepted. Only after a refusal, so a healthy tenant gets no such request.
import { type Answer, isAccepted, isSuccess } from '../src/protocol/answers.ts';
import {
  type Assignment,
  answerRequirement,
  assignmentParameters,
  judgeAssigned,
  saysTransferredAlready,
} from '../src/protocol/assignment.ts';
import { ownPart } from '../src/protocol/callback-address.ts';
import type { RequirementId } from '../src/protocol/catalogue.ts';
import { controlByWords, namedByTheAnswer } from '../src/protocol/controls/assignment-charge.ts';
import {
  assignmentControls,
  type TransferControl,
  targetRequirement,
} from '../src/protocol/controls/assignment-forms.ts';
import type { Session } from '../src/run/session.ts';
import { keyOf } from '../src/tenant/callback-path.ts';
import type { TokenKind } from '../src/tenant/tokens.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { Charge } from './charge.ts';
import { Unanswered } from './control-requests.ts';
import { takenCallbackUrl } from './transferred-once.ts';
import { assignRequest, newAssignment, type Target } from './transfers.ts';
import { decideAll, without } from './verdicts.ts';
import type { ConformanceWorld, RequestedTransfer } from './world.ts';

/**
 * The tenant must have accepted every transfer. A refusal breaks the requirement that the controls point at: what the scenario
 * is tagged with is not decided then, unless it is just that.
 */
export async function expectTransferred(world: ConformanceWorld): Promise<void> {
  const [claim] = world.scenario.claims as [RequirementId, ...RequirementId[]];
  const isRefused = world.transfers.some(({ sent }) => !isSuccess(sent.raw.answer!));
  const judgements = [];
  for (const transfer of world.transfers) {
    const { sent, assignment } = transfer;
    const answer = sent.raw.answer!;
    const { requirement, why } = isSuccess(answer)
      ? { requirement: claim, why: '' }
      : await chargeOf(world, transfer, claim);
    const judgement = judgeAssigned(answer, assignment, requirement, why);
    judgements.push({ sent, judgement: isRefused ? without(claim, judgement) : judgement });
  }
  decideAll(world.scenario, judgements);
}

/** What a worker knows already of plain transfers, by their target: the same refusal is looked into once. */
interface Known {
  charges: Map<Target, Charge>;
  /** What a form has shown; undefined where no form is accepted. */
  forms: Map<Target, Charge | undefined>;
  /** The words of the controls that have explained a refusal: they most likely explain the next one. */
  explaining: Set<string>;
  /** How often a refusal was looked into, and nothing can be known. */
  fruitless: number;
}

const knownOf = new WeakMap<Session, Known>();

/** A tenant of which so many refusals cannot be explained is not asked more. */
const maxFruitless = 3;

/** @param claim what the scenario is about, which is charged when nothing shows more */
async function chargeOf(
  world: ConformanceWorld,
  { sent, assignment }: RequestedTransfer,
  claim: RequirementId,
): Promise<Charge> {
  const { session } = world;
  const answer = sent.raw.answer!;
  const named = namedByTheAnswer(answer, session.hasTransferred);
  if (named) return { requirement: named, why: '' };
  const known = knownOf.get(session) ?? {
    charges: new Map(),
    forms: new Map(),
    explaining: new Set(),
    fruitless: 0,
  };
  knownOf.set(session, known);
  if (known.fruitless >= maxFruitless) return { requirement: claim, why: '' };
  try {
    return await new TransferControls(world, known).chargeOf(formOf(sent, assignment), {
      parameters: assignmentParameters(assignment),
      answer,
    });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    known.fruitless += 1;
    return { requirement: claim, why: '' };
  }
}

const plainType = 'application/json';

/** A transfer with what is special about it. */
interface Form extends Pick<Assignment, 'addressForm'> {
  target: Target;
  contentType?: string;
  isOverLines?: true;
  token?: TokenKind;
}

function formOf({ raw, token }: Sent, { target, addressForm }: Assignment): Form {
  const contentType = raw.request.headers['content-type'];
  return {
    target: 'aId' in target ? 'agent' : 'queue',
    ...(contentType === undefined || contentType === plainType ? {} : { contentType }),
    ...(raw.request.body?.includes('\n') ? { isOverLines: true } : {}),
    ...(token ? { token: token as TokenKind } : {}),
    ...(addressForm ? { addressForm } : {}),
  };
}

/** What is special about a transfer that is accepted without that; undefined for a plain one. */
function specialOf({ contentType, isOverLines, token, addressForm }: Form): Charge | undefined {
  if (isOverLines) return { requirement: 'ASSIGN-REQ-01', why: 'accepted in one line' };
  if (contentType) return { requirement: 'ASSIGN-REQ-01', why: `accepted as ${plainType}` };
  if (token) return { requirement: 'ASSIGN-AUTH-04', why: 'accepted with another valid token' };
  if (addressForm) return { requirement: 'ASSIGN-REQ-02', why: 'accepted with a plain callbackUrl' };
  return undefined;
}

interface Refusal {
  parameters: object;
  answer: Answer;
}

class TransferControls {
  readonly #world: ConformanceWorld;
  readonly #known: Known;

  constructor(world: ConformanceWorld, known: Known) {
    this.#world = world;
    this.#known = known;
  }

  /** @throws Unanswered when nothing can be known */
  async chargeOf(refused: Form, refusal: Refusal): Promise<Charge> {
    const { target } = refused;
    const { charges } = this.#known;
    const special = specialOf(refused);
    if (special && !charges.has(target)) {
      if (await this.#accepts(refused, 'again')) return nowAndThen(target);
      const inPlainForm = () => this.#accepts({ target }, 'in the plain form');
      if (await inPlainForm())
        return (await this.#isConfirmed(refused, inPlainForm)) ? special : nowAndThen(target);
    }
    const charge =
      charges.get(target) ??
      (await this.#byForm(target)) ??
      (await this.#byWords(target, refusal)) ??
      (await this.#byTarget(target)) ??
      byNothing;
    charges.set(target, charge);
    return charge;
  }

  /** undefined when no form is accepted. */
  async #byForm(target: Target): Promise<Charge | undefined> {
    const { forms } = this.#known;
    if (!forms.has(target)) forms.set(target, await this.#look({ target }));
    return forms.get(target);
  }

  async #look(plain: Form): Promise<Charge | undefined> {
    if (await this.#accepts(plain, 'again')) return nowAndThen(plain.target);
    const { explaining } = this.#known;
    const controls = this.#controlsOf(plain.target);
    const likely = controls.filter(({ words }) => explaining.has(words));
    for (const control of [...likely, ...controls.filter((one) => !likely.includes(one))]) {
      const accepts = () => this.#accepts(plain, control.words, control);
      if (!(await accepts())) continue;
      if (!(await this.#isConfirmed(plain, accepts))) return nowAndThen(plain.target);
      explaining.add(control.words);
      const { requirement, words } = (await this.#narrower(plain, control)) ?? control;
      return { requirement, why: `accepted ${words}` };
    }
    return undefined;
  }

  async #narrower(plain: Form, { narrower = [] }: TransferControl): Promise<TransferControl | undefined> {
    for (const control of narrower) {
      if (await this.#accepts(plain, control.words, control)) return control;
    }
    return undefined;
  }

  /** What the tenant gives as its reason, where the answer depends on just that. */
  async #byWords(target: Target, { parameters, answer }: Refusal): Promise<Charge | undefined> {
    const control = controlByWords(answer, parameters);
    if (!control) return undefined;
    const again = await this.#answer({ target }, 'again');
    const changed = await this.#answer({ target }, control.words, control);
    const isAbout = isSame(again, answer) && !isSame(changed, answer);
    const why = `refused in every form that was tried, and with another answer ${control.words}`;
    return isAbout ? { requirement: control.requirement, why } : undefined;
  }

  /** What is refused in every form, while transfers to the other target are not, is refused for its target. */
  async #byTarget(target: Target): Promise<Charge | undefined> {
    const other = otherThan(target);
    const toTheOther = () => this.#accepts({ target: other }, 'beside the refused one');
    const isAccepted = await toTheOther();
    if (isAccepted && !(await this.#isConfirmed({ target }, toTheOther))) return nowAndThen(target);
    if (!isAccepted && !(await this.#byForm(other))) return undefined;
    const why = `refused in every form that was tried, unlike a transfer to the ${other}`;
    return { requirement: targetRequirement(target), why };
  }

  /**
   * Whether it is the form that makes the difference: it is refused once more, and the control accepted right after. A transfer
   * that was carried out may keep the session busy for a while.
   */
  async #isConfirmed(refused: Form, accepts: () => Promise<boolean>): Promise<boolean> {
    if (await this.#accepts(refused, 'again')) return false;
    if (!(await accepts())) throw new Unanswered();
    return true;
  }

  #controlsOf(target: Target): TransferControl[] {
    const { session } = this.#world;
    const { routing, assignParametersIn } = session.settings;
    const taken = takenCallbackUrl(session);
    return assignmentControls({
      to: target,
      parametersIn: assignParametersIn,
      hasAccount: routing.accountId !== undefined,
      otherTarget: target === 'agent' ? { queueId: routing.queueId! } : { aId: routing.agentId! },
      ...(taken === undefined ? {} : { takenCallbackUrl: taken }),
    });
  }

  async #accepts(form: Form, words: string, control: Partial<TransferControl> = {}): Promise<boolean> {
    return isAccepted(await this.#answer(form, words, control));
  }

  /** @throws Unanswered */
  async #answer(form: Form, words: string, control: Partial<TransferControl> = {}): Promise<Answer> {
    const { session } = this.#world;
    const { assignment, callbackKey } = await newAssignment(this.#world, form.target, form.addressForm);
    session.inbox.ignore(callbackKey);
    const whole = { ...assignmentParameters(assignment) };
    const parameters = control.change?.(whole) ?? whole;
    const { callbackUrl } = parameters;
    const key = callbackUrl === undefined ? undefined : keyOf(ownPart(callbackUrl));
    if (key !== undefined) session.inbox.ignore(key);
    const { accountId, ...request } = assignRequest(this.#world, parameters, control.parametersIn);
    const { raw } = await this.#world.transmit(
      {
        ...request,
        ...(accountId === undefined || control.withoutAccount ? {} : { accountId }),
        ...(control.authHeader ? { authHeader: control.authHeader } : {}),
        contentType: control.contentType ?? form.contentType ?? plainType,
        isOverLines: form.isOverLines ?? false,
        token: form.token ?? 'a valid token',
      },
      `control: the refused transfer to the ${form.target} ${words}`,
      { isControl: true },
    );
    if (!raw.answer || raw.failure) throw new Unanswered();
    // It says nothing of the form any more.
    if (session.hasTransferred && saysTransferredAlready(raw.answer)) throw new Unanswered();
    return raw.answer;
  }
}

const byNothing: Charge = {
  requirement: 'ASSIGN-REQ-01',
  why: 'refused in every form that was tried, for an agent and for a queue',
};

function isSame(one: Answer, other: Answer): boolean {
  return one.status === other.status && one.body === other.body;
}

function otherThan(target: Target): Target {
  return target === 'agent' ? 'queue' : 'agent';
}

/** The same request is refused and accepted: that is about the answer, not about the request. */
function nowAndThen(target: Target): Charge {
  const why = 'accepted when sent once more: the tenant refuses the same transfer now and then';
  return { requirement: answerRequirement(target), why };
}
