// The settings of a run, made from the text of the environment. The schema says what is valid; the defaults and the
// wording of a problem are here. Unaware of env files and of the embedded sandbox.
import type { ErrorObject } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import { CodedError } from '../errors/coded-error.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import type { Place } from '../errors/places.ts';
import { defaultHooksPath } from '../protocol/endpoints.ts';
import { type Dialect, defaultDialect } from '../protocol/events.ts';
import type { RawSettings } from '../protocol/generated/schema-types.ts';
import { schemaErrors, schemas } from '../protocol/schemas.ts';
import { visible } from '../text/terminal.ts';
import { truncate } from '../text/truncate.ts';
import { trustsAnybody } from './certificates.ts';
import { ownRate, sharesOf } from './own-rate.ts';
import { namesAFile } from './setting-files.ts';
import { hasPlaceholder, notAClientId, ruleInWords } from './setting-rules.ts';
import { Spellings } from './spellings.ts';

export type SettingValues = Record<string, string | undefined>;

/** What assign-conversation routes, and where to; what is not set is left out. */
export type Routing = Partial<Record<'accountId' | 'orgId' | 'agentId' | 'queueId' | 'botSessionId', string>>;

export interface Settings {
  /** Without a slash at its end. */
  url: string;
  botId: string;
  clientId: string;
  authHeader: 'token' | 'auth';
  hooksPath: string;
  /** Where the end and a redial are sent, when not to hooksPath. */
  ownPaths: Partial<Record<'end' | 'redial', string>>;
  /** Codes of the languages and locales of the bot. */
  languages: readonly string[];
  dialect: Dialect;
  assignParametersIn: 'body' | 'query';
  /** Whether events out of order are refused, as the documents ask for nowhere. */
  wrongOrder: 'refused' | 'open';
  routing: Routing;
  /** Port 0 is any free one; publicUrl has no slash at its end. */
  callback: { host: string; port: number; publicUrl?: string; timeoutMs: number };
  requestTimeoutMs: number;
  /** Of this process. */
  maxRequestsPerMinute?: number;
  /** How many processes like this one share what the tenant takes. */
  rateShares: number;
  maxRetryWaitMs: number;
  /** Whether the conversations that a scenario leaves open are ended. */
  endsConversations: boolean;
  conversationPrefix: string;
  failOn: 'must' | 'should';
  reportsDir: string;
}

export interface SettingsProblem {
  setting: string;
  /** "missing", "is "8o09"" … */
  text: string;
  /** What the setting is, or what was meant. */
  expected: string;
  /** Empty when there is none to give. */
  example: string;
}

export class SettingsError extends CodedError {
  override readonly name = 'SettingsError';
  readonly problems: SettingsProblem[];

  constructor(problems: SettingsProblem[]) {
    const code = incompleteOrInvalid(problems);
    super(code, block(problems, code));
    this.problems = problems;
  }

  override get places(): readonly Place[] {
    return this.problems.map(({ setting, text, expected }) => ({ setting, message: `${text}: ${expected}` }));
  }
}

/**
 * @param values environment-like; empty text counts as unset
 * @throws SettingsError that names every problem at once
 */
export function readSettings(values: SettingValues): Settings {
  const problems = settingsProblems(values);
  const known = problems.some(({ setting }) => setting === 'TENANT_URL');
  if (usesEmbeddedSandbox(values) && !known) problems.unshift(problem('TENANT_URL', 'missing'));
  if (problems.length > 0) throw new SettingsError(problems);
  return settingsOf(valuesThatAreSet(values) as unknown as CompleteSettings, values);
}

/** What the schema asks for once there is a URL. */
type CompleteSettings = RawSettings &
  Required<Pick<RawSettings, 'TENANT_URL' | 'TENANT_BOT_ID' | 'TENANT_CLIENT_ID'>>;

/**
 * Where a run writes; also asked before the settings are complete, and when they never will be. A named tenant has a folder of
 * its own, unless one is set.
 */
export function reportsDirOf(values: {
  REPORTS_DIR?: string | undefined;
  TENANT_PROFILE?: string | undefined;
}): string {
  const { REPORTS_DIR, TENANT_PROFILE } = values;
  return REPORTS_DIR || (TENANT_PROFILE ? `reports/${TENANT_PROFILE}` : 'reports');
}

export function usesEmbeddedSandbox(values: SettingValues): boolean {
  return !values.TENANT_URL;
}

/** Names of the settings that a routing scenario needs and that are not set; TENANT_ACCOUNT_ID is optional. */
export function missingRouting({ routing }: Pick<Settings, 'routing'>): string[] {
  const needed = {
    TENANT_ORG_ID: routing.orgId,
    TENANT_AGENT_ID: routing.agentId,
    TENANT_QUEUE_ID: routing.queueId,
    TENANT_BOT_SESSION_ID: routing.botSessionId,
  };
  return Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
}

/** Everything that is wrong with the values, in the order of the schema; no TENANT_URL is the embedded sandbox. */
export function settingsProblems(values: SettingValues): SettingsProblem[] {
  const raw = valuesThatAreSet(values);
  const secret = raw.TENANT_CLIENT_SECRET;
  const found = new Map<string, SettingsProblem>();
  for (const error of schemaErrors('settings', raw)) {
    const setting = error.params.missingProperty ?? error.instancePath.slice(1);
    found.set(setting, problem(setting, whatIsWrong(error, secret)));
  }
  for (const setting of ['TENANT_URL', 'CALLBACK_PUBLIC_URL']) {
    const value = raw[setting];
    // The schema's pattern sees no port that is too high, for one.
    if (value === undefined || found.has(setting)) continue;
    if (!URL.canParse(value))
      found.set(setting, problem(setting, `is ${shown(value, secret)}, which is not a URL`));
    else if (hasPlaceholder(value))
      found.set(setting, problem(setting, `is ${shown(value, secret)}, whose host is a placeholder`));
  }
  const notAnId = notAClientId(raw.TENANT_CLIENT_ID ?? '', secret);
  if (notAnId) found.set('TENANT_CLIENT_ID', problem('TENANT_CLIENT_ID', notAnId));
  const certificates = trustsAnybody(raw.TENANT_URL ?? '', values) ? [certificateProblem] : [];
  return [...names.flatMap((name) => found.get(name) ?? []), ...misspelt(values), ...certificates];
}

const certificateProblem: SettingsProblem = {
  setting: 'NODE_TLS_REJECT_UNAUTHORIZED',
  text: 'is 0, so the token would go to whoever answers',
  expected: 'unset; for the CA of a company set NODE_EXTRA_CA_CERTS to its file',
  example: '',
};

const described: Record<string, { description: string; examples: string[] }> = schemas.settings.properties;
const names = Object.keys(described);

function valuesThatAreSet(values: SettingValues): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (values[name] ? [[name, values[name]]] : [])));
}

function settingsOf(raw: CompleteSettings, values: SettingValues): Settings {
  const rate = ownRate(values);
  return {
    url: withoutSlash(raw.TENANT_URL),
    botId: raw.TENANT_BOT_ID,
    clientId: raw.TENANT_CLIENT_ID,
    authHeader: raw.TENANT_AUTH_HEADER ?? 'token',
    hooksPath: raw.TENANT_HOOKS_PATH ?? defaultHooksPath,
    ownPaths: {
      ...(raw.TENANT_END_PATH ? { end: raw.TENANT_END_PATH } : {}),
      ...(raw.TENANT_REDIAL_PATH ? { redial: raw.TENANT_REDIAL_PATH } : {}),
    },
    languages: (raw.TENANT_LANGUAGES ?? 'en').split(',').map((code) => code.trim()),
    dialect: {
      ...defaultDialect,
      transferTypeCase: raw.TENANT_TRANSFER_TYPE_CASE ?? defaultDialect.transferTypeCase,
      isExtAdAs: raw.TENANT_IS_EXT_AD_AS ?? defaultDialect.isExtAdAs,
      customFields: raw.TENANT_QUALITY_MODULE === 'true' ? 'sent' : 'left out',
    },
    assignParametersIn: raw.TENANT_ASSIGN_PARAMETERS_IN ?? 'body',
    wrongOrder: raw.TENANT_WRONG_ORDER ?? 'open',
    routing: {
      ...(raw.TENANT_ACCOUNT_ID ? { accountId: raw.TENANT_ACCOUNT_ID } : {}),
      ...(raw.TENANT_ORG_ID ? { orgId: raw.TENANT_ORG_ID } : {}),
      ...(raw.TENANT_AGENT_ID ? { agentId: raw.TENANT_AGENT_ID } : {}),
      ...(raw.TENANT_QUEUE_ID ? { queueId: raw.TENANT_QUEUE_ID } : {}),
      ...(raw.TENANT_BOT_SESSION_ID ? { botSessionId: raw.TENANT_BOT_SESSION_ID } : {}),
    },
    callback: {
      host: raw.CALLBACK_HOST ?? '127.0.0.1',
      port: Number(raw.CALLBACK_PORT ?? 0),
      ...(raw.CALLBACK_PUBLIC_URL ? { publicUrl: withoutSlash(raw.CALLBACK_PUBLIC_URL) } : {}),
      timeoutMs: Number(raw.CALLBACK_TIMEOUT_MS ?? 15_000),
    },
    requestTimeoutMs: Number(raw.REQUEST_TIMEOUT_MS ?? 10_000),
    ...(rate === undefined ? {} : { maxRequestsPerMinute: rate }),
    rateShares: sharesOf(values),
    maxRetryWaitMs: Number(raw.MAX_RETRY_WAIT_SECONDS ?? 300) * 1000,
    endsConversations: raw.END_CONVERSATIONS !== 'false',
    conversationPrefix: raw.CONVERSATION_PREFIX ?? 'conformance',
    failOn: raw.FAIL_ON ?? 'must',
    reportsDir: reportsDirOf(values),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function problem(setting: string, text: string): SettingsProblem {
  const { description, examples } = described[setting]!;
  return { setting, text, expected: description, example: examples[0] ?? '' };
}

function whatIsWrong(error: ErrorObject, secret: string | undefined): string {
  if (error.keyword === 'dependentRequired') return 'missing';
  if (error.keyword === 'minLength') return `has fewer than ${error.params.limit} characters`;
  const seen = `is ${shown(String(error.data), secret)}`;
  if (error.keyword === 'enum') return `${seen}, not ${error.params.allowedValues.join(' or ')}`;
  const rule = ruleInWords(error.params.pattern ?? '');
  return rule === undefined ? seen : `${seen}, not ${rule}`;
}

/** A secret may have been pasted into the wrong setting, and a URL may hold a password: neither goes into a log. */
function shown(value: string, secret: string | undefined): string {
  const spellings = new Spellings<string>();
  spellings.add(secret ?? '', '<client secret>');
  const hidden = spellings.replacedIn(value, (placeholder) => placeholder);
  const safe = hidden.replace(/\/\/[^/]*@/, '//…@');
  return visible(JSON.stringify(truncate(safe, 60, '...')));
}

/** Prefixes of ours: a name that starts with one and is not a setting was meant to be one. */
const ours = /^(TENANT|CALLBACK|CONVERSATION|RECORD)_/;
/** For the curl lines of findings; the profile that was chosen. */
const noSettings = new Set(['TENANT_JWT', 'TENANT_PROFILE']);

/** A setting under a wrong name would silently count as not set. The value of such a name is never shown. */
function misspelt(values: SettingValues): SettingsProblem[] {
  return Object.keys(values).flatMap((name) => {
    if (!values[name] || names.includes(name) || noSettings.has(name) || namesAFile(name)) return [];
    const meant = guess(name, values);
    if (meant === undefined && !ours.test(name)) return [];
    const expected = meant ? `did you mean ${meant}?` : 'a name with this prefix must be one of .env.example';
    return [{ setting: name, text: 'is not a setting', expected, example: '' }];
  });
}

function guess(name: string, values: SettingValues): string | undefined {
  const upper = name.toUpperCase();
  // On Windows the case of a variable's name does not matter: it is one variable.
  if (names.includes(upper)) return values[upper] === undefined ? upper : undefined;
  const nearest = closest(name, names);
  if (name.length >= 7 && distance(name, nearest) <= 2) return nearest;
  if (!ours.test(name)) return undefined;
  const words = name.split('_');
  const fuller = names.filter((known) => words.every((word) => known.split('_').includes(word)));
  return fuller.length === 1 ? fuller[0] : undefined;
}

function incompleteOrInvalid(problems: SettingsProblem[]) {
  return problems.every(({ text }) => text === 'missing') ? 'SETTINGS_INCOMPLETE' : 'SETTINGS_INVALID';
}

function headline(problems: SettingsProblem[], code: ErrorCode): string {
  if (code === 'SETTINGS_INVALID') return 'these settings cannot be used:';
  const noUrl = problems.some(({ setting }) => setting === 'TENANT_URL');
  return noUrl ? 'the address of the tenant is not set:' : 'TENANT_URL is set, so these are needed too:';
}

function block(problems: SettingsProblem[], code: ErrorCode): string {
  const width = (texts: string[]) => Math.max(0, ...texts.map((text) => text.length));
  const nameWidth = width(problems.map(({ setting }) => setting));
  const textWidth = width(problems.map(({ text }) => text));
  const lines = problems.map(({ setting, text, expected, example }) => {
    // The example of the secret is a sentence, not a sample.
    const like = example && setting !== 'TENANT_CLIENT_SECRET' ? `, like ${example}` : '';
    return `  ${setting.padEnd(nameWidth)}  ${text.padEnd(textWidth)}  ${expected}${like}`;
  });
  const instead =
    code === 'SETTINGS_INCOMPLETE' ? 'Without any TENANT_ setting the embedded sandbox is used. ' : '';
  return [headline(problems, code), ...lines, `${instead}All settings are in .env.example.`].join('\n');
}
