// Reads a CSV with a header, as exports of searches are: each row is a record, whose members have the names of the columns.
import { Readable } from 'node:stream';
import { type Info, parse } from 'csv-parse';
import { oneLine } from '../text/one-line.ts';
import { skip } from './call.ts';
import { maxLineBytes } from './lines.ts';
import type { LogEntry } from './log-entry.ts';
import { canonical, isBodyKey, isLogKey, roleOf } from './names.ts';
import type { RecordReader } from './record.ts';
import { BrokenOff } from './source.ts';

const batchRows = 500;

export interface CsvForm {
  delimiter: string;
  /** What stands before a quotation mark in a field. */
  escape: string;
  /** The line of the header, from 1. */
  from_line: number;
}

/** What Excel and PowerShell write before the header: sep=; and #TYPE Selected.Object */
const beforeHeader = /^(?:sep=.|#TYPE [^\r\n]*)\r?\n/;

/** The form of a CSV; undefined for any other text. */
export function csvForm(start: Buffer): CsvForm | undefined {
  const text = start.toString('utf8').replace(/^\ufeff/, '');
  const table = text.replace(beforeHeader, '');
  const delimiter = delimiterOf(table);
  if (delimiter === undefined) return undefined;
  return { delimiter, escape: escapeOf(table), from_line: table === text ? 1 : 2 };
}

/** The separator, by the header: names of which one is that of a body, or of something beside it. */
function delimiterOf(text: string): string | undefined {
  const header = /^([^\r\n]+)\r?\n(?=[^\r\n])/.exec(text)?.[1];
  // Without a body in it, lines of text would be read by another rule.
  if (header === undefined || header.includes('{') || !/\{|;|,|\t/.test(text.slice(header.length)))
    return undefined;
  return [',', ';', '\t', '|'].find((delimiter) => {
    const names = header.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    return (
      names.length > 1 &&
      names.every((name) => /^[@\w][\w .@/()[\]-]{0,60}$/.test(name)) &&
      names.some(isKnown)
    );
  });
}

/** Some databases write a quotation mark in a field as \", where CSV has it doubled. */
function escapeOf(text: string): '"' | '\\' {
  return text.includes('"{\\"') ? '\\' : '"';
}

/** What begins a sentence as well. */
const isWord = /^(?:sent|started|start|begin|occurred|when|at|t)$/i;

function isKnown(name: string): boolean {
  if (isWord.test(name)) return false;
  const last = name.split(/[./]/).at(-1)!;
  return [name, last].some(
    (one) =>
      roleOf([canonical(one)]) !== undefined || isBodyKey(one) || isLogKey(one) || /^_?raw$/i.test(one),
  );
}

/** The line of an entry is the one on which its row ends. */
export async function* csvEntries(
  text: AsyncGenerator<Buffer>,
  file: string,
  form: CsvForm,
  records: RecordReader,
): AsyncGenerator<LogEntry[]> {
  const parser = Readable.from(text).compose(
    parse({
      ...form,
      columns: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: maxLineBytes,
    }),
  );
  let [line, batch] = [1, [] as LogEntry[]];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: object; info: Info }>) {
      line = info.lines;
      batch.push(...records.entries(record, { file, line }, likely(record)));
      if (batch.length < batchRows) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    yield batch;
    if (error instanceof BrokenOff) throw error;
    const why = oneLine((error as Error).message, 200);
    yield [skip({ file, line: line + 1 }, `the CSV cannot be read from here on: ${why}`, { damage: 'cut' })];
    return;
  }
  if (batch.length > 0) yield batch;
}

/** The texts of a row, in which a body is looked for. */
function likely(record: object): string {
  return Object.values(record).join('\n');
}
