// llms.txt (https://llmstxt.org): what the project is, its commands, and where which page is, for a reader that is a program.
import { readFile } from 'node:fs/promises';
import commands from './commands.json' with { type: 'json' };

const forUsers = [
  ...[
    'README.md',
    'docs/package.md',
    'docs/steps.md',
    'docs/requirements.md',
    'docs/errors.md',
    'docs/json.md',
  ],
  ...['docs/ci.md', 'docs/integrators.md', 'docs/lifecycle.md', 'docs/explore.md', 'docs/export.md'],
  ...['docs/privacy.md', 'docs/security.md', 'docs/upgrading.md'],
];
const forContributors = ['CONTRIBUTING.md', 'docs/architecture.md', 'docs/defects.md'];
const optional = ['CHANGELOG.md'];

/** @param root of the project */
export async function llmsPage(root: URL): Promise<string> {
  const { description } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  const [users, contributors, others] = await Promise.all(
    [forUsers, forContributors, optional].map((pages) => Promise.all(pages.map((page) => entry(page, root)))),
  );
  const list = Object.entries(commands).map(([name, { does }]) => `- \`${name}\`: ${does}`);
  return [
    `# Agent AI conformance\n\n> ${description}.\n`,
    'Scenarios in Gherkin (`features/`) are sent as signed requests to a tenant, or to a reference tenant that the harness starts itself.',
    'In a checkout `npm ci` and `npm test` run it, and `npm run COMMAND -- OPTIONS` any other command; where it is installed as a package,',
    '`npx agent-ai-conformance COMMAND`. `--help` lists options, `--format json` answers as JSON. The commands:\n',
    ...list,
    ...section('Docs', users!),
    ...section('Changing it', contributors!),
    ...section('Optional', others!),
    '',
  ].join('\n');
}

function section(title: string, entries: readonly string[]): string[] {
  return [`\n## ${title}\n`, ...entries];
}

/** A link with the heading of a page, and the first sentence below it. */
async function entry(page: string, root: URL): Promise<string> {
  const text = (await readFile(new URL(page, root), 'utf8')).replaceAll('\r\n', '\n');
  const [, heading, below] = /^# (.+)\n+([^#]*)/m.exec(text) ?? [];
  const [sentence] = /^.*?[.?](?= |$)/.exec((below ?? '').split('\n\n')[0]!.replaceAll('\n', ' ')) ?? [];
  if (!heading || !sentence) throw new Error(`${page} does not begin with a heading and a sentence`);
  return `- [${heading}](${page}): ${sentence.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')}`;
}
