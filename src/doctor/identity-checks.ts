// Whether the tenant takes the token and knows the bot: the configured one is compared with one that must be refused.
import { type Answer, judgeUnknownBot } from '../protocol/answers.ts';
import { unknownBotId } from '../protocol/endpoints.ts';
import { answerInBrief } from '../protocol/observations.ts';
import { type Diagnosis, note, ok, toFix } from './diagnosis.ts';
import type { Examination } from './examination.ts';
import { askedFor, botOfThePlatform, eitherClock, otherHeader, remediesOf } from './remedies.ts';

export async function token(examination: Examination): Promise<Diagnosis> {
  const { answer: valid } = await examination.ask();
  if (isUnauthorised(valid)) return refused(valid, examination);
  const { answer: forged } = await examination.ask({ token: 'a token signed with another secret' });
  if (isUnauthorised(forged) || (forged.status >= 400 && !same(valid, forged))) {
    return ok(`accepted; one signed with another secret is refused: ${answerInBrief(forged)}`);
  }
  const { answer: none } = await examination.ask({ token: 'no token' });
  const alike = same(valid, none) ? 'with a forged token and without any' : 'with a forged token';
  return note(
    `cannot be determined: the same answer ${alike}, ${answerInBrief(valid)}`,
    'TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: npm test -- --tags @HOOKS-AUTH-01 shows more',
  );
}

async function refused(valid: Answer, examination: Examination): Promise<Diagnosis> {
  const { authHeader } = examination.settings;
  const other = otherHeader(authHeader);
  const { answer: inOther } = await examination.ask({ authHeader: other });
  if (!isUnauthorised(inOther)) {
    return toFix(
      `the tenant takes it in the header ${other}, not in ${authHeader}`,
      `TENANT_AUTH_HEADER=${other}`,
    );
  }
  const { answer: timeless } = await examination.ask({ token: 'a token with nothing but the appId' });
  if (!isUnauthorised(timeless)) {
    if (namesOurTime(valid)) {
      return toFix(
        'accepted only without iat and exp, although the tenant names the same time as this machine: it refuses a token that was issued a moment ago, or that expires in an hour',
        'have the tenant accept such a token: the documents sign with jwt.sign, which sets iat to now',
      );
    }
    return toFix(
      'accepted only without iat and exp: the tenant reads another time than this machine',
      eitherClock,
    );
  }
  return toFix(
    `refused, in the header ${other} too: ${answerInBrief(valid)}${askedFor(valid)}`,
    ...remediesOf(valid, examination.settings),
  );
}

/** Within a few seconds. What stands before the tenant may have another clock: not where the answer speaks of time. */
function namesOurTime({ headers, body }: Answer): boolean {
  const isAboutTime = /expir|not active|valid yet|future|clock/i.test(body);
  return !isAboutTime && Math.abs(Date.parse(headers.date ?? '') - Date.now()) < 5000;
}

function isUnauthorised({ status }: Answer): boolean {
  return status === 401 || status === 403;
}

export async function bot(examination: Examination): Promise<Diagnosis> {
  const { botId } = examination.settings;
  const { answer: configured } = await examination.ask();
  const known = judgeUnknownBot(configured).findings.length > 0;
  if (!known) return toFix(`${botId} is not known: ${answerInBrief(configured)}`, botOfThePlatform);
  const { answer: unknown } = await examination.ask({ botId: unknownBotId });
  if (same(without(botId, configured), without(unknownBotId, unknown))) {
    return note(
      `cannot be determined: an unknown bot is answered the same, ${answerInBrief(unknown)}`,
      botOfThePlatform,
    );
  }
  return ok(`known; an unknown one is answered ${answerInBrief(unknown)}`);
}

/** An answer may repeat the bot it was asked for. */
function without(botId: string, answer: Answer): Answer {
  return { ...answer, body: answer.body.replaceAll(botId, '…') };
}

/** But for what differs from one request to the next. */
function same(one: Answer, other: Answer): boolean {
  return answerInBrief(one) === answerInBrief(other);
}
