// Which part of the suite a run covers: without all of it, a finding that is missing says nothing.
import { type IRunConfiguration, loadSources } from '@cucumber/cucumber/api';
import { decidedByTheAnswer } from '../protocol/answers.ts';
import type { RequirementId } from '../protocol/catalogue.ts';
import { inProject, isUsedFromElsewhere } from '../system/project.ts';
import type { RunCollector, ScenarioResult } from '../verdict/collector.ts';
import { isDecided } from '../verdict/policy.ts';
import type { Asked } from './asked.ts';
import { laterRequirements } from './requirements-of-version.ts';

type Sources = IRunConfiguration['sources'];

type Selected = Pick<Sources, 'paths' | 'tagExpression' | 'names' | 'shard'> & Pick<Asked, 'requirements'>;

/**
 * The features of a run that names none: cucumber's own choice in the project, and in the folder of a team those of the suite
 * and the team's.
 */
export function allFeatures(): string[] {
  return isUsedFromElsewhere() ? [`${inProject('features')}/**/*.feature`, 'features/**/*.feature'] : [];
}

/** Paths, tags, names, version of the requirements and shard; empty when all features are selected. */
export function selectionInWords({ paths, tagExpression, names, shard, requirements }: Selected): string {
  const isPart = paths.join('\n') !== allFeatures().join('\n');
  return [
    isPart ? `paths ${paths.join(', ')}` : '',
    tagExpression ? `--tags "${tagExpression}"` : '',
    names.length > 0 ? `--name ${names.map((name) => `"${name}"`).join(', ')}` : '',
    requirements ? `--requirements ${requirements}` : '',
    shard ? `--shard ${shard}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** The words for a run that leaves nothing out. */
export const allSelected = 'all features';

export interface Selection {
  /** Whether every scenario of the suite was selected. */
  whole: boolean;
  words: string;
}

/** @param asked undefined when cucumber-js was called itself: then only the number of the scenarios shows what was selected */
export async function selectionOf(run: RunCollector, asked: Asked | undefined): Promise<Selection> {
  if (asked) {
    const { sources, requirements } = asked;
    const part = selectionInWords(sources);
    const isAll = part === '' && laterRequirements(requirements).length === 0;
    const words = requirements ? selectionInWords({ ...sources, requirements }) : part;
    return { words: words || allSelected, whole: isAll && run.selected === run.found };
  }
  const whole = run.selected === (await suiteSize());
  return { words: whole ? allSelected : 'as cucumber-js was called', whole };
}

let size: Promise<number> | undefined;

/** How many scenarios the suite has. Reads the feature files once in a process. */
function suiteSize(): Promise<number> {
  size ??= scenariosWith('', 'en');
  return size;
}

async function scenariosWith(tagExpression: string, defaultDialect: string): Promise<number> {
  const { plan } = await loadSources({
    defaultDialect,
    paths: allFeatures(),
    names: [],
    tagExpression,
    order: 'defined',
  });
  return plan.length;
}

/** Of some requirements, those for which every scenario ran to a judgement that could show a breach. */
export async function seenWhole(
  run: Pick<RunCollector, 'results'>,
  ids: readonly RequirementId[],
  { language, whole }: { language: string; whole: boolean },
): Promise<ReadonlySet<RequirementId>> {
  const seen = new Set<RequirementId>();
  for (const id of new Set(ids)) {
    // Any scenario may show a breach of these, so each has to come to its end.
    if (decidedByTheAnswer.includes(id)) {
      if (whole && run.results.every(cameToItsEnd)) seen.add(id);
    } else if ((await taggedWith(id, language)) === ranWith(run, id)) seen.add(id);
  }
  return seen;
}

function cameToItsEnd({ verdict, record }: ScenarioResult): boolean {
  if (verdict === undefined || ['fail', 'inconclusive', 'harness-error'].includes(verdict)) return false;
  return record?.checks.every(({ outcome }) => outcome !== 'not reached') ?? false;
}

/** How many scenarios of the suite are tagged with a requirement, whatever is selected. */
function taggedWith(id: RequirementId, language: string): Promise<number> {
  return scenariosWith(`@${id}`, language);
}

function ranWith(run: Pick<RunCollector, 'results'>, id: RequirementId): number {
  return run.results.filter(({ tags, record }) => {
    return (
      tags.includes(`@${id}`) &&
      record?.checks.some((check) => check.requirement === id && isDecided(check.verdict))
    );
  }).length;
}
