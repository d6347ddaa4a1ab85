// Reads docs/imports.yaml, which says which part may import which, and writes the table of docs/architecture.md.
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

export interface Part {
  name: string;
  /** Relative to the project's root. */
  folder: string;
  does: string;
  unawareOf: string;
  /** Names of parts. */
  imports: string[];
  /** Single files or patterns, each with the reason. */
  also: { file: string; reason: string }[];
  never: NeverImported[];
}

export interface NeverImported {
  from: string;
  names: string[];
  reason: string;
}

interface Row {
  folder?: string;
  does: string;
  unaware_of: string;
  imports: string[];
  also?: Record<string, string>;
  never?: NeverImported[];
}

const location = new URL('../../docs/imports.yaml', import.meta.url);

/** @throws Error when a row names an unknown part */
export async function readImportTable(): Promise<Part[]> {
  const rows = parse(await readFile(location, 'utf8')) as Record<string, Row>;
  const unknown = Object.values(rows).flatMap(({ imports }) => imports.filter((name) => !(name in rows)));
  if (unknown.length > 0) throw new Error(`docs/imports.yaml has no part called ${unknown.join(', ')}`);
  return Object.entries(rows).map(([name, row]) => ({
    name,
    folder: row.folder ?? `src/${name}`,
    does: row.does,
    unawareOf: row.unaware_of,
    imports: row.imports,
    also: Object.entries(row.also ?? {}).map(([file, reason]) => ({ file, reason })),
    never: row.never ?? [],
  }));
}

/** Markdown with a row for each part, then the exceptions with their reasons. */
export function importTablePage(parts: Part[]): string {
  const code = (names: string[]) => names.map((name) => `\`${name}\``).join(', ');
  const row = ({ name, does, imports, also, unawareOf }: Part) =>
    `| \`${name}\` | ${does} | ${code(imports) || 'nothing'}${also.length > 0 ? ' ¹' : ''} | ${unawareOf} |`;
  const exceptions = parts.flatMap(({ name, also }) =>
    also.map(({ file, reason }) => `- \`${name}\` → \`${file}\`: ${reason}`),
  );
  const never = parts.flatMap((part) =>
    part.never.map(({ names, reason }) => `- \`${part.name}\` never imports ${code(names)}: ${reason}`),
  );
  return [
    '| part | does | may import | does not know |',
    '| --- | --- | --- | --- |',
    ...parts.map(row),
    '',
    '¹ and single files:',
    '',
    ...exceptions,
    '',
    'Not every name of an allowed file:',
    '',
    ...never,
  ].join('\n');
}
