// Known deviations: what a tenant is known to break, each with a reason. Knows the text of the file, not where it is.
import { closest } from 'fastest-levenshtein';
import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import {
  catalogue,
  isRequirementId,
  type RequirementId,
  requirement,
  whyUntestable,
} from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';

export interface KnownDeviation {
  requirement: RequirementId;
  /** Regular expression over the finding's message. */
  message: string;
  reason: string;
  link?: string;
  /** The last day on which it counts, YYYY-MM-DD. */
  expires?: string;
  /** file:line, for messages. */
  place: string;
}

export interface ReadDeviations {
  deviations: KnownDeviation[];
  /** What is wrong with the file, a line each. */
  problems: string[];
}

const keys = ['requirement', 'message', 'reason', 'link', 'expires'];

/** What `--update-deviations` writes in place of a reason; a person has to replace it. */
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
    if (!isMap(item)) {
      problems.push(`${place}  must be a mapping: ${example}`);
      continue;
    }
    const entry = item.toJSON() as Record<string, unknown>;
    const wrong = entryProblems(entry, seen);
    problems.push(...wrong.map((text) => `${place}  ${text}`));
    if (wrong.length === 0) deviations.push({ ...(entry as unknown as KnownDeviation), place });
  }
  return { deviations, problems };
}

const example =
  '- {requirement: HOOKS-RESP-01, message: "answered 202", reason: fixed in release 12, expires: 2027-01-31}';

function entryProblems(entry: Record<string, unknown>, seen: Set<string>): string[] {
  const { requirement: id, message, reason, link, expires } = entry;
  const unknown = Object.keys(entry).filter((key) => !keys.includes(key));
  const twice = `${id} ${message}`;
  const problems = [
    ...unknown.map((key) => `${key} is no member of a known deviation; did you mean ${closest(key, keys)}?`),
    ...idProblems(id),
    ...patternProblems(message),
    ...reasonProblems(reason),
    ...(link === undefined || (typeof link === 'string' && link !== '')
      ? []
      : ['link must be a text, or left out']),
    ...(expires === undefined || isDay(expires)
      ? []
      : [`expires is ${JSON.stringify(expires)}, not a day like 2027-01-31`]),
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
    return [`${id} is no requirement of the catalogue; did you mean ${closest(id.toUpperCase(), known)}?`];
  }
  const why = whyUntestable(requirement(id));
  return why ? [`${id} can never be found broken: ${why}. Remove the entry`] : [];
}

function patternProblems(message: unknown): string[] {
  if (typeof message !== 'string' || message.trim() === '') {
    return [
      'message is missing: a part of the finding’s message, as a regular expression; copy it from the report',
    ];
  }
  try {
    new RegExp(message, 'u');
    return [];
  } catch (error) {
    return [`message is no regular expression: ${(error as Error).message}`];
  }
}

function reasonProblems(reason: unknown): string[] {
  if (typeof reason !== 'string' || reason.trim() === '') {
    return ['reason is missing: why this is tolerated, for whoever reads the report'];
  }
  if (!new RegExp(`^\\W*${reasonToBeWritten}\\b`, 'i').test(reason)) return [];
  return [`reason is still ${reason.trim()}: say why this is tolerated, or remove the entry`];
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Whether the last day of an entry is over, in UTC. */
export function isExpired({ expires }: KnownDeviation, now: Date): boolean {
  return expires !== undefined && now.toISOString().slice(0, 10) > expires;
}

/** Whether a finding is what an entry speaks of. */
export function matches(known: KnownDeviation, found: Pick<Finding, 'requirement' | 'message'>): boolean {
  return known.requirement === found.requirement && new RegExp(known.message, 'u').test(found.message);
}

function firstLine(error: Error): string {
  return error.message.split('\n')[0]!;
}
