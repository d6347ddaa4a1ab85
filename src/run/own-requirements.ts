// Reads requirements.yaml of a team: requirements of its own, which its scenarios are tagged with.
import { lstatSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CodedError } from '../errors/coded-error.ts';
import type { Requirement } from '../protocol/catalogue.ts';
import { evidence, levels } from '../protocol/catalogue-rules.ts';
import { ownRequirementsVariable } from '../protocol/own-requirements.ts';
import type { Env } from '../system/env.ts';
import { isUsedFromElsewhere } from '../system/project.ts';
import { whyUnreadable } from '../system/unreadable.ts';
import { oneLine } from '../text/one-line.ts';

const file = 'requirements.yaml';

/** Every command comes through here, and few teams have the file: it is loaded when there is one. */
const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');

const members = ['id', 'level', 'title', 'area', 'source', 'decidedBy', 'note'];

type Entry = Record<string, unknown>;

/**
 * Has to be done before the catalogue is loaded.
 * @throws CodedError with every problem of the file
 */
export function loadOwnRequirements(env: Env = process.env): void {
  if (!isUsedFromElsewhere() || env[ownRequirementsVariable] !== undefined) return;
  const text = textOf(file);
  if (text !== undefined) env[ownRequirementsVariable] = JSON.stringify(ownRequirementsIn(text));
}

/** undefined: nobody has such a file. A link to nowhere is a file that somebody wants. */
function textOf(file: string): string | undefined {
  if (!lstatSync(file, { throwIfNoEntry: false })) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new CodedError('REQUIREMENTS_INVALID', `${file} cannot be read: ${whyUnreadable(error)}`);
  }
}

/** @throws CodedError with every problem of the text */
export function ownRequirementsIn(text: string): Omit<Requirement, 'id'>[] {
  const problems: string[] = [];
  const entries = entriesIn(text, problems);
  const ids = entries.map(({ id }) => id);
  problems.push(
    ...entries.flatMap((entry, index) => [
      ...problemsOf(entry, index),
      ...(entry.id !== undefined && ids.indexOf(entry.id) < index ? [`${entry.id}: is listed twice`] : []),
    ]),
  );
  if (problems.length > 0) {
    throw new CodedError('REQUIREMENTS_INVALID', `${file} has errors:\n  ${problems.join('\n  ')}`);
  }
  return entries.map(({ area = 'Own requirements', source = [], decidedBy = ['accepted'], ...entry }) => ({
    ...(entry as Pick<Requirement, 'level' | 'title'>),
    basis: 'own',
    binds: 'tenant',
    area: area as string,
    source: [source].flat() as string[],
    decidedBy: decidedBy as NonNullable<Requirement['decidedBy']>,
  }));
}

function entriesIn(text: string, problems: string[]): Entry[] {
  try {
    const documents = [...yaml().parseAllDocuments(text)];
    const [first] = documents.flatMap(({ errors }) => errors);
    if (first) throw first;
    const read: unknown = documents.length === 1 ? (documents[0]!.toJS() ?? []) : [];
    if (documents.length > 1) problems.push('it must be one document, without a line of ---');
    else if (Array.isArray(read) && read.every(isEntry)) return read;
    else problems.push('it must hold a list, each entry like {id: ACME-QUEUE-01, level: must, title: …}');
  } catch (error) {
    problems.push(oneLine((error as Error).message, 200));
  }
  return [];
}

function problemsOf(entry: Entry, index: number): string[] {
  const { id, level, title, area, source, decidedBy, note } = entry;
  const name = typeof id === 'string' ? oneLine(id, 60) : `entry ${index + 1}`;
  const problems = Object.keys(entry)
    .filter((member) => !members.includes(member))
    .map((member) => `${oneLine(member, 60)} is not one of ${members.join(', ')}`);
  if (typeof id !== 'string' || !/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-\d+$/.test(id))
    problems.push('id must be like ACME-QUEUE-01');
  else if (/^(HOOKS|ASSIGN|X)-/.test(id))
    problems.push('HOOKS-, ASSIGN- and X- are the prefixes of the documents; take one of your own');
  if (!levels.includes(String(level))) problems.push(`level must be one of ${levels.join(', ')}`);
  if (!isText(title)) problems.push('title is missing: what the tenant does, in a sentence');
  if (area !== undefined && !isText(area)) problems.push('area must be a text');
  if (note !== undefined && !isText(note)) problems.push('note must be a text');
  if (![source ?? []].flat().every((one) => typeof one === 'string'))
    problems.push('source must be a text, or a list of them');
  const isEvidence =
    Array.isArray(decidedBy) && decidedBy.length > 0 && decidedBy.every((one) => evidence.includes(one));
  if (decidedBy !== undefined && !isEvidence)
    problems.push(`decidedBy must list some of ${evidence.join(', ')}`);
  return problems.map((problem) => `${name}: ${problem}`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
