// Which part of the suite a run covers: without all of it, a finding that is missing says nothing.
import { type IRunConfiguration, loadSources } from '@cucumber/cucumber/api';
import type { RequirementId } from '../protocol/catalogue.ts';
import type { RunCollector } from '../verdict/collector.ts';

type Sources = IRunConfiguration['sources'];

/** What was asked for; undefined unless `npm test` has read it. */
let asked: Sources | undefined;

export function keepSources(sources: Sources): void {
  asked = sources;
}

/** Paths, tags, names and shard; empty when all features are selected. */
export function selectionInWords({ paths, tagExpression, names, shard }: Sources): string {
  return [
    paths.length > 0 ? `paths ${paths.join(', ')}` : '',
    tagExpression ? `--tags "${tagExpression}"` : '',
    names.length > 0 ? `--name ${names.map((name) => `"${name}"`).join(', ')}` : '',
    shard ? `--shard ${shard}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

export function selectionOf(run: RunCollector): { whole: boolean; words: string } {
  const part = asked ? selectionInWords(asked) : 'as cucumber-js was called';
  return { words: part || 'all features', whole: part === '' && run.selected === run.found };
}

/** Also decided on by scenarios that are not tagged with them: every success of the kind is looked at. */
const lookedAtEverywhere: readonly RequirementId[] = [
  'HOOKS-RESP-01',
  'HOOKS-RESP-02',
  'ASSIGN-RESP-01',
  'ASSIGN-RESP-02',
  'ASSIGN-RESP-03',
];

/** Of some requirements, those for which every scenario ran to a judgement that could show a breach. */
export async function seenWhole(
  run: RunCollector,
  ids: readonly RequirementId[],
): Promise<ReadonlySet<RequirementId>> {
  const { whole } = selectionOf(run);
  const unsure = run.results.some(({ verdict }) => verdict === undefined || verdict === 'inconclusive');
  const seen = new Set<RequirementId>();
  for (const id of new Set(ids)) {
    if (lookedAtEverywhere.includes(id)) {
      if (whole && !unsure) seen.add(id);
    } else if ((await taggedWith(id)) === ranWith(run, id)) seen.add(id);
  }
  return seen;
}

/** How many scenarios of the suite are tagged with a requirement, whatever is selected. */
async function taggedWith(id: RequirementId): Promise<number> {
  const { plan } = await loadSources({
    defaultDialect: asked?.defaultDialect ?? 'en',
    paths: [],
    names: [],
    tagExpression: `@${id}`,
    order: 'defined',
  });
  return plan.length;
}

function ranWith(run: RunCollector, id: RequirementId): number {
  return run.results.filter(({ tags, record }) => {
    return tags.includes(`@${id}`) && record?.checks.some((check) => check.requirement === id);
  }).length;
}
