// `agent-ai-conformance init`: what a team needs in a folder of its own to run the suite, with examples to change.
import './own-process.ts';
import { constants, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { CodedError } from '../errors/coded-error.ts';
import { inWords } from '../errors/in-words.ts';
import { codeOf } from '../system/error-code.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { isUsedFromElsewhere, projectFolder, sourceInProject } from '../system/project.ts';
import { harmless } from '../text/terminal.ts';

/** Where each file comes from in the package, by its name in the folder. */
const files = {
  '.env.example': '.env.example',
  '.gitignore': 'templates/gitignore',
  'known-deviations.yaml': 'templates/known-deviations.yaml',
  'requirements.yaml': 'templates/requirements.yaml',
  'features/own.feature': 'templates/features/own.feature',
  'steps/own-steps.mjs': 'templates/steps/own-steps.mjs',
  '.vscode/extensions.json': 'templates/.vscode/extensions.json',
};

const workflows: Readonly<Record<string, Record<string, string>>> = {
  github: { '.github/workflows/conformance.yml': 'ci/github-actions.yml' },
  gitlab: { '.gitlab-ci.yml': 'ci/gitlab-ci.yml' },
  jenkins: { Jenkinsfile: 'ci/Jenkinsfile' },
  azure: { 'azure-pipelines.yml': 'ci/azure-pipelines.yml' },
  none: {},
};

const scripts = [
  'check',
  'sandbox',
  'doctor',
  'report',
  'compare',
  'merge',
  'judge',
  'overview',
  'forget',
  'token',
];

const command = new Command('init')
  .description(
    'Writes what a team needs to run the suite in its own folder: the settings to fill in, a list of known deviations, a requirement, a feature and a step of its own, settings of the editor and a CI workflow. Files that are there stay as they are.',
  )
  .addOption(
    new Option('--ci <system>', 'whose workflow is written')
      .choices(Object.keys(workflows))
      .default('github'),
  )
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

try {
  const { ci } = command.parse().opts<{ ci: string }>();
  if (!isUsedFromElsewhere()) {
    throw new CodedError(
      'OPTION_INVALID',
      'init is for a folder of your own, in which this project is installed as a package; this is the project itself',
    );
  }
  for (const [name, source] of Object.entries({ ...files, ...workflows[ci] })) {
    say(name, () => copyFileSync(path.join(projectFolder, source), name, constants.COPYFILE_EXCL));
  }
  addScripts();
  say('.vscode/settings.json', () =>
    writeFileSync('.vscode/settings.json', editorSettings(), { flag: 'wx' }),
  );
  console.log(`
Next:
  npm test                                tests the reference tenant, with the feature of your own
  copy .env.example to .env, fill it in   then the same command tests your tenant`);
} catch (error) {
  console.error(harmless(inWords(error)));
  process.exitCode = usedWrongly;
}

/** Writes a file unless it is there, and says which of the two. */
function say(name: string, write: () => void): void {
  mkdirSync(path.dirname(name), { recursive: true });
  try {
    write();
    console.log(`written  ${name}`);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    console.log(`kept     ${name}`);
  }
}

/** The commands under the names that messages and documents give them. Scripts that are there stay. */
function addScripts(): void {
  const file = 'package.json';
  const manifest = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { private: true, type: 'module' };
  const { test = '', ...others }: Record<string, string> = manifest.scripts ?? {};
  // What npm init writes.
  const isUnset = test === '' || test.includes('no test specified');
  const own = Object.fromEntries(scripts.map((name) => [name, `agent-ai-conformance ${name}`]));
  const all = { test: isUnset ? 'agent-ai-conformance run' : test, ...own, ...others };
  writeFileSync(file, `${JSON.stringify({ ...manifest, scripts: all }, null, 2)}\n`);
  console.log(`written  the scripts of ${file}: ${['test', ...scripts].join(', ')}`);
}

/** Those of the project, for steps in two places. */
function editorSettings(): string {
  const ofProject = JSON.parse(readFileSync(path.join(projectFolder, '.vscode', 'settings.json'), 'utf8'));
  const glue = ['steps/**/*.{js,mjs,ts}', sourceInProject('steps/**/*').replace(/^\.\//, '')];
  return `${JSON.stringify({ ...ofProject, 'cucumber.glue': glue }, null, 2)}\n`;
}
