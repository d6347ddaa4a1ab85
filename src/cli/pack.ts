// `prepack`: puts together what `npm pack` packs, in dist/: the project as it is, compiled to JavaScript with declarations.
import './own-process.ts';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Command } from 'commander';
import { usedWrongly } from '../system/exit-codes.ts';
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

new Command('prepack')
  .description('Puts together in dist/ what npm pack packs: the project, compiled to JavaScript.')
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly))
  .parse();

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
