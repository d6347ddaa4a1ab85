// Whether the tenant accepts one plain, valid NA entry. If not, a run would blame the tenant for what may be a wrong setting.
import {
  type Answer,
  isAccepted,
  isSuccess,
  judgeUnknownBot,
  parseJson,
  brief as withBody,
} from '../protocol/answers.ts';
import { hooksPaths, unknownBotId } from '../protocol/endpoints.ts';
import { answerInBrief, isHtml } from '../protocol/observations.ts';
import { isObject } from '../protocol/requests.ts';
import { type Diagnosis, note, ok, toFix } from './diagnosis.ts';
import { type Examination, NoAnswer, type Probe } from './examination.ts';
import { askedFor, botOfThePlatform, eitherClock, otherHeader, remediesOf } from './remedies.ts';

const entry: Probe = { body: 'NA entry' };

export function isEntryAccepted(answer: Answer): boolean {
  return isAccepted(answer) && !isHtml(answer) && !saysNo(parseJson(answer.body));
}

/** Members of an answer that say no in any API, whatever its status is. The documents know none of them. */
function saysNo(json: unknown): boolean {
  if (!isObject(json)) return false;
  const { success, ok, error, errors, status = json.STATUS } = json;
  const code = [json.code, json.statusCode, json.errorCode, status].find((one) => typeof one === 'number');
  return (
    [success, ok].some((one) => one === false || one === 'false') ||
    [error, errors].some(saysSomething) ||
    (code !== undefined && code >= 400 && code <= 599) ||
    (typeof status === 'string' &&
      /^(?:error|fail(?:ed|ure)?|refused|rejected|unauthori[sz]ed|forbidden)$/i.test(status))
  );
}

/** Also when all went well there may be an error: an empty one, none, or one with the code 0. */
function saysSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(saysSomething);
  if (typeof value === 'string')
    return !/^\W*(?:null|none|no|undefined|false|ok|success|0)?\W*$/i.test(value);
  return value === true || (typeof value === 'number' && value !== 0);
}

export async function firstEvent(examination: Examination): Promise<Diagnosis> {
  const { answer } = await examination.ask(entry);
  const brief = inBrief(answer);
  if (isEntryAccepted(answer)) return ok(`a plain NA entry is accepted: ${brief}`);
  if (await isAcceptedWith({ attempt: 2 }, examination))
    return note(`a plain NA entry is accepted the second time, and not the first: ${brief}`);
  const { authHeader, botId, hooksPath } = examination.settings;
  const refused = `a plain NA entry is refused: ${brief}`;
  const other = otherHeader(authHeader);
  if (await isAcceptedWith({ authHeader: other }, examination)) {
    return toFix(
      `${refused}; with the token in the header ${other} it is accepted`,
      `TENANT_AUTH_HEADER=${other}`,
    );
  }
  for (const path of Object.values(hooksPaths).filter((one) => one !== hooksPath)) {
    if (await isAcceptedWith({ path }, examination))
      return toFix(`${refused}; at ${path} it is accepted`, `TENANT_HOOKS_PATH=${path}`);
  }
  if (await isAcceptedWith({ token: 'a token with nothing but the appId' }, examination)) {
    return toFix(
      `${refused}; with a token without iat and exp it is accepted: the tenant reads another time than this machine`,
      eitherClock,
    );
  }
  // The answer that is documented for an unknown bot has no findings.
  if (judgeUnknownBot(answer).findings.length === 0) {
    return toFix(`${botId} is not known: ${brief}`, botOfThePlatform);
  }
  if (answer.status === 401 || answer.status === 403) {
    return toFix(
      `${refused}, in the header ${other} too${askedFor(answer)}`,
      ...remediesOf(answer, examination.settings),
    );
  }
  // A tenant that tells a forged token and an unknown bot from these has accepted both: it refuses the event itself.
  if (await differs({ token: 'a token signed with another secret' }, answer, examination)) {
    if (await differs({ botId: unknownBotId }, answer, examination))
      return note(`${refused}, though token and bot are accepted`, 'npm test shows which events are refused');
  }
  return toFix(
    `${refused}, at the other documented paths and in the header ${other} too`,
    'either a setting is wrong (TENANT_URL, TENANT_HOOKS_PATH, TENANT_BOT_ID, TENANT_CLIENT_ID, TENANT_CLIENT_SECRET), ' +
      'or the tenant refuses every well-formed event',
  );
}

async function isAcceptedWith(overrides: Probe, examination: Examination): Promise<boolean> {
  try {
    return isEntryAccepted((await examination.ask({ ...entry, ...overrides })).answer);
  } catch (error) {
    if (error instanceof NoAnswer) return false;
    throw error;
  }
}

/**
 * Whether the NA entry is answered in another way when one thing about it is wrong. What differs from one answer to the next
 * anyhow, as the number of a request, is no sign of it; then only the status counts. Nor is the bot that an answer names.
 */
async function differs(overrides: Probe, answer: Answer, examination: Examination): Promise<boolean> {
  const { botId } = examination.settings;
  const { answer: again } = await examination.ask({ ...entry, attempt: 2 });
  const { answer: other } = await examination.ask({ ...entry, ...overrides });
  if (inBrief(again) !== inBrief(answer)) return other.status !== answer.status;
  const withoutBot = (one: Answer, bot: string) => inBrief({ ...one, body: one.body.replaceAll(bot, '…') });
  return withoutBot(other, overrides.botId ?? botId) !== withoutBot(answer, botId);
}

/** An event that was refused with a 200 is so by the words of the body. */
function inBrief(answer: Answer): string {
  return isSuccess(answer) && !isHtml(answer) && !isEntryAccepted(answer)
    ? withBody(answer)
    : answerInBrief(answer);
}
