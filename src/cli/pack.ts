// `prepack`: puts together what `npm pack` packs, in dist/: the project as it is, compiled to JavaScript with declarations.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { projectFolder } from '../system/project.ts';

const dist = path.join(projectFolder, 'dist');

/** Files that the program reads, besides those that the compiler takes along because they are imported. */
const read = [
  'features',
  'schemas',
  'templates',
  'ci',
  'docs/steps.md',
  '.env.example',
  '.vscode/settings.json',
  'src/report/page',
  'src/recorder/page',
];

const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const name of read) {
  cpSync(path.join(projectFolder, name), path.join(dist, name), {
    recursive: true,
    filter: (source) => !source.endsWith('.ts'),
  });
}
execFileSync(process.execPath, [path.join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.package.json'], {
  cwd: projectFolder,
  stdio: 'inherit',
});
