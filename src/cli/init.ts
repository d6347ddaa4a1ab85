// `agent-ai-conformance init`: what a team needs in a folder of its own to run the suite, with examples to change.
import './own-process.ts';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { CodedError } from '../errors/coded-error.ts';
import { codeOf } from '../system/error-code.ts';
import { isUsedFromElsewhere, projectFolder, sourceExtension, sourceInProject } from '../system/project.ts';
import { answer, type Say } from './answer.ts';
import { manifestFile, manifestWithScripts } from './team-manifest.ts';

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

const command = new Command('init')
  .description(
    'Writes what a team needs to run the suite in its own folder: the settings to fill in, a list of known deviations, a requirement, a feature and a step of its own, settings of the editor and a CI workflow. Files that are there stay as they are, but package.json gets the commands as scripts.',
  )
  .addOption(
    new Option('--ci <system>', 'whose workflow is written')
      .choices(Object.keys(workflows))
      .default('github'),
  )
  .allowExcessArguments(false);

const written: string[] = [];
const kept: string[] = [];
let say: Say = () => {};

await answer<{ ci: string }>(command, ({ ci }, _, saying) => {
  say = saying;
  if (!isUsedFromElsewhere()) {
    throw new CodedError(
      'OPTION_INVALID',
      'init is for a folder of your own, in which this project is installed as a package; this is the project itself',
    );
  }
  const manifest = manifestWithScripts();
  for (const [name, source] of Object.entries({ ...files, ...workflows[ci] })) {
    make(name, () => copyFileSync(path.join(projectFolder, source), name, constants.COPYFILE_EXCL));
  }
  make('.vscode/settings.json', () =>
    writeFileSync('.vscode/settings.json', editorSettings(), { flag: 'wx' }),
  );
  if (manifest.text !== undefined) {
    writeFileSync(manifestFile, manifest.text);
    say(`changed  ${manifestFile}: has the scripts ${manifest.added.join(', ')}`);
  }
  for (const name of manifest.kept)
    say(
      `kept     the script ${name} of ${manifestFile}: npx agent-ai-conformance ${name === 'test' ? 'run' : name} is that of the suite`,
    );
  const isSafe = ignoresSettings();
  if (!isSafe)
    say(
      'missing  .gitignore does not name .env: add .env and reports/ to it before you write a secret there',
    );
  say(`
Next:
  npx agent-ai-conformance run            tests the reference tenant, with the feature of your own
  copy .env.example to .env, fill it in   then the same command tests your tenant`);
  const scripts = { added: manifest.added, kept: manifest.kept };
  return { json: { written, kept, scripts, ignoresSecrets: isSafe } };
});

/** Writes a file unless it is there, and says which of the two. */
function make(name: string, write: () => void): void {
  try {
    mkdirSync(path.dirname(name), { recursive: true });
    write();
    written.push(name);
    say(`written  ${name}`);
  } catch (error) {
    if (!existsSync(name))
      throw new CodedError('FOLDER_UNUSABLE', `${name} cannot be written: ${codeOf(error)}`);
    kept.push(name);
    say(`kept     ${name}`);
  }
}

/** Whether git leaves out the file that is to hold the secret. */
function ignoresSettings(): boolean {
  return readFileSync('.gitignore', 'utf8')
    .split(/\r?\n/)
    .some((line) => /^\/?\.env(\*|\.\*)?$/.test(line.trim()));
}

/**
 * Where the editor finds the steps of the suite. pnpm and others keep a package in a folder that has its version in its name; the
 * link to it does not change with the next one.
 */
function stepsOfSuite(): string {
  const link = path.join('node_modules', 'agent-ai-conformance');
  const inPackage = path.relative(path.dirname(projectFolder), path.join(projectFolder, 'steps'));
  const isLinked = existsSync(link) && realpathSync(link) === realpathSync(path.dirname(projectFolder));
  if (!isLinked) return sourceInProject('steps/**/*').replace(/^\.\//, '');
  return [link, inPackage, `**/*${sourceExtension}`].join('/').replaceAll('\\', '/');
}

/** Those of the project, for steps in two places. */
function editorSettings(): string {
  const ofProject = JSON.parse(readFileSync(path.join(projectFolder, '.vscode', 'settings.json'), 'utf8'));
  const glue = ['steps/**/*.{js,mjs,ts}', stepsOfSuite()];
  return `${JSON.stringify({ ...ofProject, 'cucumber.glue': glue }, null, 2)}\n`;
}
