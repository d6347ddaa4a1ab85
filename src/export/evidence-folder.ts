// The evidence in the folder of a run or of a recorder, exchange by exchange.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../errors/coded-error.ts';
import { type EvidenceRecord, evidenceName } from '../evidence/journal.ts';
import { Lines } from '../logs/lines.ts';
import { unpacked } from '../logs/packed.ts';
import { BrokenOff, storedBytes } from '../logs/source.ts';
import { parseJson } from '../protocol/answers.ts';
import { isObject } from '../protocol/requests.ts';
import { segmentsIn } from '../recorder/record/segments.ts';
import { shown } from '../text/shown-value.ts';

/** A line of the evidence: an exchange, or why it is none. */
type Line = { record: EvidenceRecord } | { problem: string };

/** How many lines a message names. */
const maxNamed = 10;

/**
 * The files of a folder in the order in which they were written, once all of their lines are known to be whole exchanges.
 * @throws CodedError when there are none, or one is not whole
 */
export async function evidenceIn(folder: string): Promise<string[]> {
  const files = filesIn(folder);
  const problems: string[] = [];
  let count = 0;
  for (const file of files) {
    for await (const line of linesOf(file)) {
      if ('problem' in line) problems.push(line.problem);
      else count += 1;
    }
  }
  if (problems.length > 0) {
    const left = problems.length - maxNamed;
    const named = [...problems.slice(0, maxNamed), ...(left > 0 ? [`… and ${left} more`] : [])];
    const what = 'is not whole, so nothing was exported. Without these lines the rest can be:';
    throw new CodedError(
      'EVIDENCE_INCOMPLETE',
      [`The evidence in ${shown(folder)} ${what}`, ...named.map((one) => `  ${one}`)].join('\n'),
    );
  }
  if (count === 0)
    throw missing(`${shown(folder)} has evidence without a single exchange: nothing was sent.`);
  return files;
}

/** @param files of `evidenceIn` */
export async function* recordsOf(files: readonly string[]): AsyncGenerator<EvidenceRecord> {
  for (const file of files) for await (const line of linesOf(file)) if ('record' in line) yield line.record;
}

function filesIn(folder: string): string[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats) throw missing(`There is no folder ${shown(folder)}.`);
  if (!stats.isDirectory()) throw missing(`${shown(folder)} is a file: name the folder that it is in.`);
  const current = path.join(folder, evidenceName);
  const files = [...segmentsIn(folder).map((one) => one.path), ...(existsSync(current) ? [current] : [])];
  if (files.length > 0) return files;
  throw missing(
    `${shown(folder)} has no ${evidenceName}: name the folder of the reports of a run, or that of a recorder.`,
  );
}

function missing(text: string): CodedError {
  return new CodedError('EVIDENCE_MISSING', text);
}

async function* linesOf(file: string): AsyncGenerator<Line> {
  let found: Line[] = [];
  const at = (line: number, reason: string): Line => ({
    problem: `${path.basename(file)}:${line}  ${reason}`,
  });
  const lines = new Lines({
    line(text, number, isCut) {
      const value = parseJson(text);
      const lacking = value === undefined && isCut ? 'the file ends in the middle of it' : lackIn(value);
      found.push(lacking === undefined ? { record: value as EvidenceRecord } : at(number, lacking));
    },
    skip: (number, reason) => found.push(at(number, reason)),
  });
  try {
    for await (const chunk of unpacked(storedBytes(file))) {
      lines.take(chunk);
      yield* found;
      found = [];
    }
    lines.end();
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    lines.brokenOff(error.message, error.damage);
  }
  yield* found;
}

/** What a value lacks to be an exchange; undefined when it is one. */
function lackIn(value: unknown): string | undefined {
  if (!isObject(value)) return value === undefined ? 'it is not JSON' : 'it is no object';
  const { request, answer, failure } = value;
  const sent = isObject(request) ? request : {};
  const got = isObject(answer) ? answer : {};
  const needed: [name: string, isThere: boolean][] = [
    ['request.method', typeof sent.method === 'string'],
    ['request.url', typeof sent.url === 'string'],
    ['request.headers', isHeaders(sent.headers)],
    ['startedAt', isInstant(value.startedAt)],
    ['durationMs', typeof value.durationMs === 'number'],
    ['answer or failure', isObject(answer) || isObject(failure)],
    ['answer.status', !answer || typeof got.status === 'number'],
    ['answer.headers', !answer || isHeaders(got.headers)],
    ['answer.body', !answer || typeof got.body === 'string'],
  ];
  const lacking = needed.flatMap(([name, isThere]) => (isThere ? [] : [name]));
  return lacking.length > 0 ? `it has no ${lacking.join(', ')}` : undefined;
}

function isHeaders(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'string');
}

function isInstant(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
}
