// Reads the list of known deviations: what a tenant is known to break, each with a reason.
import { closest } from 'fastest-levenshtein';
import { type Document, isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { catalogue, isRequirementId, requirement, whyUntestable } from '../protocol/catalogue.ts';
import { shown } from '../text/shown-value.ts';
import type { KnownDeviation } from './deviations.ts';
import { expressionProblem } from './expression-problem.ts';

export interface ReadDeviations {
  deviations: KnownDeviation[];
  /** One line for each problem of the file. */
  problems: string[];
}

const keys = ['requirement', 'message', 'reason', 'link', 'expires', 'intermittent'];

/** `--update-deviations` writes this as the reason; the user has to replace it. */
export const reasonToBeWritten = 'TODO';

/** @param file its name, for messages */
export function readDeviations(text: string, file: string): ReadDeviations {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error)
    return { deviations: [], problems: [`${file}:${error.linePos?.[0].line ?? 1}  ${firstLine(error)}`] };
  const list = document.contents;
  if (list === null) return { deviations: [], problems: [] };
  if (!isSeq(list))
    return { deviations: [], problems: [`${file}:1  must be a list of known deviations: ${example}`] };
  const deviations: KnownDeviation[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const item of list.items) {
    const place = `${file}:${lines.linePos((item as YAMLMap).range?.[0] ?? 0).line}`;
    const entry = isMap(item) ? contentOf(item, document) : undefined;
    if (!entry) {
      problems.push(`${place}  must be a mapping: ${example}`);
      continue;
    }
    const wrong = entryProblems(entry, seen);
    problems.push(...wrong.map((text) => `${place}  ${text}`));
    if (wrong.length === 0) deviations.push({ ...(entry as unknown as KnownDeviation), place });
  }
  return { deviations, problems };
}

/** The entry without its empty members; undefined when an alias in it cannot be resolved. */
function contentOf(item: YAMLMap, document: Document): Record<string, unknown> | undefined {
  try {
    const entry = item.toJS(document) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
  } catch {
    return undefined;
  }
}

const example =
  '- {requirement: HOOKS-RESP-01, message: "answered 202", reason: fixed in release 12, expires: 2027-01-31}';

function entryProblems(entry: Record<string, unknown>, seen: Set<string>): string[] {
  const { requirement: id, message, reason, link, expires, intermittent } = entry;
  const unknown = Object.keys(entry).filter((key) => !keys.includes(key));
  const twice = `${id} ${message}`;
  const problems = [
    ...unknown.map(
      (key) => `${key} is not a member of a known deviation; did you mean ${closest(key, keys)}?`,
    ),
    ...idProblems(id),
    ...patternProblems(message),
    ...reasonProblems(reason),
    ...(link === undefined || (typeof link === 'string' && link !== '')
      ? []
      : ['link must be a text, or left out']),
    ...(expires === undefined || isDay(expires)
      ? []
      : [`expires is ${JSON.stringify(expires)}, not a day like 2027-01-31`]),
    ...intermittentProblems(intermittent, expires),
    ...(seen.has(twice) ? [`${id} with this message stands in the file twice: remove one`] : []),
  ];
  seen.add(twice);
  return problems;
}

function idProblems(id: unknown): string[] {
  if (typeof id !== 'string')
    return ['requirement is missing: the id of what the tenant breaks, like HOOKS-RESP-01'];
  if (!isRequirementId(id)) {
    const known = catalogue.map((entry) => entry.id);
    return [
      `${shown(id).slice(1, -1)} is not a requirement of the catalogue; did you mean ${closest(id.toUpperCase(), known)}?`,
    ];
  }
  const why = whyUntestable(requirement(id));
  if (why) return [`${id} can never be found broken: ${why}. Remove the entry`];
  if (requirement(id).level !== 'may') return [];
  return [`${id} is optional: a tenant that does without it fails nothing. Remove the entry`];
}

function patternProblems(message: unknown): string[] {
  if (message !== undefined && typeof message !== 'string') {
    return [`message is ${shown(message)}, it must be a text: put it in quotes`];
  }
  if (message === undefined || message.trim() === '') {
    return [
      'message is missing: a part of the finding’s message, as a regular expression; copy it from the report',
    ];
  }
  const problem = expressionProblem(message);
  return problem === undefined ? [] : [problem];
}

function reasonProblems(reason: unknown): string[] {
  if (typeof reason !== 'string' || reason.trim() === '') {
    return ['reason is missing: why this is tolerated, for whoever reads the report'];
  }
  if (!new RegExp(`^\\W*${reasonToBeWritten}\\b`, 'i').test(reason)) return [];
  return [`reason is still ${reason.trim()}: say why this is tolerated, or remove the entry`];
}

/** Nothing else would ever end an entry that may stay without a finding. */
function intermittentProblems(intermittent: unknown, expires: unknown): string[] {
  if (intermittent === undefined) return [];
  if (intermittent !== true) return [`intermittent is ${shown(intermittent)}, it must be true, or left out`];
  if (expires !== undefined) return [];
  return [
    'expires is missing: an intermittent deviation needs the last day on which it counts, like 2027-01-31',
  ];
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function firstLine(error: Error): string {
  return error.message.split('\n')[0]!;
}
