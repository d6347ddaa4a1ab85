// docs/imports.yaml is the allow-list of imports: Biome refuses any other import, and the source needs every row.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Part, readImportTable } from '../../src/cli/import-table.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const parts = await readImportTable();

suite('Biome, on a copy of the configuration', () => {
  let copy: string;
  before(() => {
    copy = mkdtempSync(path.join(os.tmpdir(), 'conformance-imports-'));
    for (const file of ['biome.json', 'biome-imports.json', '.gitignore']) {
      cpSync(path.join(root, file), path.join(copy, file));
    }
  });
  after(() => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));

  for (const [file, specifier] of [
    ['src/run/offence.ts', '../check/result.ts'],
    ['src/doctor/offence.ts', '../recorder/options.ts'],
    ['src/prove/offence.ts', '../recorder/options.ts'],
    ['steps/offence.ts', '../src/recorder/options.ts'],
    ['src/doctor/offence.ts', '../run/interrupt.ts'],
  ] as const) {
    test(`refuses ${specifier} in ${file}`, () => {
      write({ [file]: `import '${specifier}';\n` });
      const { status, stdout } = lint(file);
      assert.notEqual(status, 0);
      assert.match(stdout, /noRestrictedImports/);
    });
  }

  test('refuses and allows imports as the table says, from every part to every other', () => {
    const files: Record<string, string> = {};
    const allowed: string[] = [];
    const refused: string[] = [];
    for (const from of parts) {
      for (const inner of ['', 'inner/', 'inner/most/']) {
        for (const to of parts) {
          const file = `${from.folder}/${inner}to-${to.name.replace('/', '-')}.ts`;
          files[file] = `import '${specifierOf(file, `${to.folder}/any.ts`)}';\n`;
          (from === to || from.imports.includes(to.name) ? allowed : refused).push(file);
        }
        for (const [index, to] of from.also.entries()) {
          const file = `${from.folder}/${inner}also-${index}.ts`;
          files[file] = `import '${specifierOf(file, to.file.replace('*', 'any.json'))}';\n`;
          allowed.push(file);
        }
      }
    }
    write(files);
    const found = offenders(lint('.').stdout);
    assert.deepEqual(
      refused.filter((file) => !found.has(file)),
      [],
      'forbidden imports that pass',
    );
    assert.deepEqual(
      allowed.filter((file) => found.has(file)),
      [],
      'allowed imports that are refused',
    );
  });

  test('refuses a name that a part must not import from an allowed file', () => {
    const [file, specifier] = ['steps/refusing.ts', '../src/protocol/answers.ts'];
    write({ [file]: `import { judgeRefused } from '${specifier}';\nexport const judge = judgeRefused;\n` });
    assert.match(lint(file).stdout, /refusalCheck/);
    write({ [file]: `import { judgeAccepted } from '${specifier}';\nexport const judge = judgeAccepted;\n` });
    assert.equal(lint(file).status, 0);
  });

  function write(files: Record<string, string>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.join(copy, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(copy, file), text);
    }
  }

  function lint(target: string) {
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', target];
    return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  }
});

suite('The source', () => {
  const files = sources();
  const imports = files.flatMap((file) =>
    importsOf(file).map((target) => ({ file, from: partOf(file), target })),
  );

  test('every file belongs to a part, in a folder that a rule reaches', () => {
    const beyond = files.filter((file) => {
      const part = partOf(file);
      return !part || path.posix.relative(part.folder, file).split('/').length > 3;
    });
    assert.deepEqual(beyond, []);
  });

  // Biome compares the text of an import. This resolves it, and includes types that are imported within an expression.
  test('has only imports that the table allows', () => {
    const offending = imports
      .filter(({ from, target }) => !allows(from!, target))
      .map(({ file, target }) => `${file}: ${target}`);
    assert.deepEqual(offending, []);
  });

  test('needs every row of the table', () => {
    const unneeded = parts.flatMap((part) => {
      const targets = imports.filter(({ from }) => from === part).map(({ target }) => target);
      return [
        ...part.imports.filter((name) => !targets.some((target) => partOf(target)?.name === name)),
        ...part.also
          .map(({ file }) => file)
          .filter((file) => !targets.some((target) => matches(target, file))),
      ].map((target) => `${part.name}: ${target}`);
    });
    assert.deepEqual(unneeded, []);
  });
});

function allows(part: Part, target: string): boolean {
  const other = partOf(target);
  if (other === part || (other && part.imports.includes(other.name))) return true;
  return part.also.some(({ file }) => matches(target, file));
}

function matches(target: string, file: string): boolean {
  return path.posix.matchesGlob(target, file);
}

/** The innermost part of a file. */
function partOf(file: string): Part | undefined {
  return parts
    .filter(({ folder }) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** Paths relative to the project's root; .js too, as the configuration of cucumber is. */
function sources(): string[] {
  return ['src', 'steps']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.posix.join(folder, file.replaceAll(path.sep, '/')),
      ),
    )
    .filter((file) => /\.[jt]s$/.test(file));
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const specifiers = text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']*)'/g);
  return [...specifiers].map(([, specifier]) => path.posix.join(path.posix.dirname(file), specifier!));
}

function specifierOf(file: string, target: string): string {
  const relative = path.posix.relative(path.posix.dirname(file), target);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function offenders(json: string): Set<string> {
  const { diagnostics } = JSON.parse(json) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  return new Set(
    diagnostics
      .filter(({ category }) => category === 'lint/style/noRestrictedImports')
      .map(({ location }) => location.path.replaceAll('\\', '/')),
  );
}
