// What one request to the hooks shows, before the token and the bot are looked at.
import { type Answer, isSuccess } from '../protocol/answers.ts';
import { hooksPaths } from '../protocol/endpoints.ts';
import { answerInBrief, isHtml } from '../protocol/observations.ts';
import { type Diagnosis, note, ok, toFix } from './diagnosis.ts';
import { type Answered, type Examination, NoAnswer } from './examination.ts';

export async function answer(examination: Examination): Promise<Diagnosis> {
  const { answer, durationMs } = await examination.ask();
  const brief = answerInBrief(answer);
  if (answer.status >= 300 && answer.status <= 399) {
    return toFix(
      `${answer.status}, which leads to ${answer.headers.location ?? 'nowhere'}`,
      'TENANT_URL: the address that answers without a redirect; the documents describe none',
    );
  }
  const page = isHtml(answer);
  const todo = 'TENANT_URL: the platform itself, without a path; a portal or a gateway may stand before it';
  if (page && isSuccess(answer)) return toFix(`${brief}, not as an API`, todo);
  // An error page may be how a tenant refuses the empty object; the lines below show more.
  if (page) return note(`${brief}: it may not be the tenant that answers`, todo);
  if (answer.status >= 500)
    return note(`${brief} to an empty object`, 'ask who runs the tenant, if npm test shows more of it');
  return ok(`${brief} to an empty object, in ${Math.round(durationMs)} ms`);
}

const [worthKnowingMs, tooMuchMs] = [5_000, 60_000];

export async function clock(examination: Examination): Promise<Diagnosis> {
  return clockDiagnosis(await examination.ask());
}

/** By the Date header of one answer. */
export function clockDiagnosis(exchange: Answered): Diagnosis {
  const skew = clockSkew(exchange);
  if (!skew)
    return note('cannot be determined: the answer has no Date header', 'compare the clock of this machine');
  const { ms, withinMs } = skew;
  const certainMs = Math.abs(ms) - withinMs;
  const accuracy = `± ${(withinMs / 1000).toFixed(1)} s`;
  if (certainMs <= 0) return ok(`the same as the tenant's (${accuracy})`);
  const found = `this machine is ${durationInWords(Math.abs(ms))} ${ms > 0 ? 'behind' : 'ahead of'} the tenant (${accuracy})`;
  const todo = 'set the clock of this machine (time synchronisation): a token is valid from now, for an hour';
  if (certainMs > tooMuchMs) return toFix(found, todo);
  return certainMs > worthKnowingMs ? note(found, todo) : ok(found);
}

/** The tenant's clock less ours, and how exactly that is known; undefined without a date. */
function clockSkew({
  answer,
  startedAt,
  durationMs,
}: Answered): { ms: number; withinMs: number } | undefined {
  const date = Date.parse(answer.headers.date ?? '');
  if (Number.isNaN(date)) return undefined;
  // The date is cut to the second, and was written at some time between asking and being answered.
  return { ms: date + 500 - (startedAt + durationMs / 2), withinMs: 500 + durationMs / 2 };
}

function durationInWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}

export async function hooksPath(examination: Examination): Promise<Diagnosis> {
  const { hooksPath } = examination.settings;
  const { answer } = await examination.ask();
  if (isServed(answer)) return ok(hooksPath);
  const brief = `${answerInBrief(answer)} at ${hooksPath}`;
  const others = Object.values(hooksPaths).filter((path) => path !== hooksPath);
  for (const path of others) {
    if (await servedAt(path, examination)) {
      return toFix(`${brief}, but ${path} is served`, `TENANT_HOOKS_PATH=${path}`);
    }
  }
  return toFix(
    `${brief}, and no more at ${others.join(' or ')}`,
    'TENANT_URL: is it the platform that the bot lives on?',
    'TENANT_HOOKS_PATH: the path before the bot, if the tenant has its own',
    'TENANT_BOT_ID: a tenant may answer 404 to a bot that it does not know',
  );
}

async function servedAt(path: string, examination: Examination): Promise<boolean> {
  try {
    return isServed((await examination.ask({ path })).answer);
  } catch (error) {
    if (error instanceof NoAnswer) return false;
    throw error;
  }
}

/** A portal answers anything with a page and 200. */
function isServed(answer: Answer): boolean {
  const page = isHtml(answer);
  return ![404, 405].includes(answer.status) && !(page && answer.status < 400);
}
