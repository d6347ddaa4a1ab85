// docs/requirements.md: every requirement, with what it rests on and the scenarios that decide it.
import type { Pickle } from '@cucumber/messages';
import { catalogue, type Requirement, whyUntestable } from '../protocol/catalogue.ts';
import { counted } from '../text/count.ts';
import { cell } from '../text/markdown.ts';

/** @param scenarios of the suite @param banner first line */
export function requirementsPage(scenarios: readonly Pickle[], banner: string): string {
  const areas = Map.groupBy(catalogue, ({ area }) => area);
  return [
    banner,
    '# The requirements',
    'What the documents ask for, with what each requirement rests on and the scenarios that decide it.\n',
    'Level: breaking a *must* makes a tenant non-conformant, breaking a *should* is a warning; a *may* is recorded. Basis: a document',
    'states it, shows it in a sample or a flow, or it is inferred; CE, IT, EC, AC and AA are the documents that',
    '`spec/requirements.yaml` lists. `npm test -- --tags @HOOKS-EP-01` runs the scenarios of one.\n',
    ...[...areas].map(([area, some]) => chapter(area, some, scenarios)),
  ].join('\n');
}

function chapter(area: string, some: readonly Requirement[], scenarios: readonly Pickle[]): string {
  const rows = some.map((entry) => {
    const { id, level, basis, source, title, ambiguity = [] } = entry;
    const rest = [source.length > 0 ? `${basis}: ${source.join(', ')}` : basis, ...ambiguity].join('; ');
    return `| ${id} | ${level} | ${rest} | ${cell(title)} | ${decidedIn(entry, scenarios)} |`;
  });
  return `## ${area}\n\n| requirement | level | basis | title | scenarios |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

/** The files with its scenarios, and how many each has. */
function decidedIn(entry: Requirement, scenarios: readonly Pickle[]): string {
  if (whyUntestable(entry))
    return entry.binds === 'sender' ? 'none: `npm run check` judges the sender' : 'none';
  const its = scenarios.filter(({ tags }) => tags.some(({ name }) => name === `@${entry.id}`));
  const files = Map.groupBy(its, ({ uri }) => uri.replaceAll('\\', '/'));
  return [...files]
    .map(([file, { length }]) => `[${nameOf(file)}](../${file}): ${counted(length, 'scenario')}`)
    .join(', ');
}

function nameOf(file: string): string {
  return file
    .replace(/^.*\//, '')
    .replace(/\.feature$/, '')
    .replaceAll('-', ' ');
}
