// Makes Biome's rules of the allow-list in docs/imports.yaml: an import from another part is forbidden unless it is listed.
import path from 'node:path';
import type { Part } from './import-table.ts';

/** How deep the folders of a part may go. A specifier is relative, so each depth needs its own rule. */
const depths = [0, 1, 2];

/** The configuration that biome.json extends. */
export function importRules(parts: Part[]): string {
  const overrides = parts.flatMap((part) => depths.map((depth) => override(part, depth, parts)));
  return `{\n  "overrides": [\n    ${overrides.map((each) => JSON.stringify(each)).join(',\n    ')}\n  ]\n}\n`;
}

function override(part: Part, depth: number, parts: Part[]): object {
  const inner = partsWithin(part.folder, parts);
  const options = {
    patterns: [{ group: forbidden(part, depth, parts), message: message(part) }],
    ...(part.never.length > 0 ? { paths: neverImported(part, depth) } : {}),
  };
  return {
    includes: [`${part.folder}${'/*'.repeat(depth + 1)}`, ...inner.map(({ folder }) => `!${folder}/**`)],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } },
  };
}

/** Patterns for specifiers, as in .gitignore: the last one that matches wins. */
function forbidden(part: Part, depth: number, parts: Part[]): string[] {
  const allowed = part.imports.flatMap((name) => {
    const { folder } = parts.find((other) => other.name === name)!;
    // A part within a part is a separate part: the outer part has only the files next to it.
    return `${folder}/${partsWithin(folder, parts).length > 0 ? '*' : '**'}`;
  });
  const within = partsWithin(part.folder, parts).map(({ folder }) => `${folder}/**`);
  return [
    `${'../'.repeat(depth + 1)}**`,
    ...within.map((file) => specifier(part, depth, file)),
    ...[...allowed, ...part.also.map(({ file }) => file)].map((file) => `!${specifier(part, depth, file)}`),
  ];
}

function neverImported(part: Part, depth: number): Record<string, object> {
  return Object.fromEntries(
    part.never.map(({ from, names, reason }) => [
      specifier(part, depth, from),
      { importNames: names, message: reason },
    ]),
  );
}

/** How a file at this depth of the part refers to another file. */
function specifier(part: Part, depth: number, file: string): string {
  const relative = path.posix.relative(path.posix.join(part.folder, '-/'.repeat(depth)), file);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function partsWithin(folder: string, parts: Part[]): Part[] {
  return parts.filter((other) => other.folder.startsWith(`${folder}/`));
}

function message({ name, imports, also }: Part): string {
  const allowed = [...imports, ...also.map(({ file }) => file)].join(', ') || 'nothing';
  return `${name} may import: ${allowed} (docs/imports.yaml).`;
}
