// Whether the tenant accepts one plain, valid NA entry. If not, a run would blame the tenant for what may be a wrong setting.
import { type Answer, isSuccess, judgeUnknownBot } from '../protocol/answers.ts';
import { hooksPaths, unknownBotId } from '../protocol/endpoints.ts';
import { answerInBrief, isHtml } from '../protocol/observations.ts';
import { type Diagnosis, note, ok, toFix } from './diagnosis.ts';
import { type Examination, NoAnswer, type Probe } from './examination.ts';
import { askedFor, botOfThePlatform, eitherClock, otherHeader, remediesOf } from './remedies.ts';

const entry: Probe = { body: 'NA entry' };

export function isEntryAccepted(answer: Answer): boolean {
  return isSuccess(answer) && !isHtml(answer);
}

export async function firstEvent(examination: Examination): Promise<Diagnosis> {
  const { answer } = await examination.ask(entry);
  const brief = answerInBrief(answer);
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
    return toFix(`${refused}, in the header ${other} too${askedFor(answer)}`, ...remediesOf(answer));
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
  if (answerInBrief(again) !== answerInBrief(answer)) return other.status !== answer.status;
  const inBrief = (one: Answer, bot: string) =>
    answerInBrief({ ...one, body: one.body.replaceAll(bot, '…') });
  return inBrief(other, overrides.botId ?? botId) !== inBrief(answer, botId);
}
