// How many scenarios of the suite each requirement has, whatever a run has selected of them.
import { readFile } from 'node:fs/promises';
import { loadSources } from '@cucumber/cucumber/api';
import { generateMessages } from '@cucumber/gherkin';
import { IdGenerator, SourceMediaType } from '@cucumber/messages';
import { decidedByTheAnswer } from '../protocol/answers.ts';
import { isRequirementId, type RequirementId } from '../protocol/catalogue.ts';
import { allFeatures } from './selection.ts';

/** A part of the suite has decided a requirement by fewer of its scenarios than there are. */
export type ScenariosOf = (id: RequirementId) => number;

/** @param language of feature files that name none */
export async function scenariosOfSuite(language: string): Promise<ScenariosOf> {
  const tags = await tagsOfScenarios(language);
  const counts = new Map<string, number>();
  for (const tag of tags.flatMap((own) => [...own])) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  // Any scenario may show a breach of what every answer shows.
  return (id) => (decidedByTheAnswer.includes(id) ? tags.length : (counts.get(id) ?? 0));
}

/** The requirements that each scenario is tagged with. */
async function tagsOfScenarios(defaultDialect: string): Promise<ReadonlySet<string>[]> {
  const paths = allFeatures();
  const { plan } = await loadSources({
    defaultDialect,
    paths,
    names: [],
    tagExpression: '',
    order: 'defined',
  });
  const files = [...new Set(plan.map(({ uri }) => uri))];
  const texts = await Promise.all(files.map(async (uri) => ({ uri, text: await readFile(uri, 'utf8') })));
  const options = { defaultDialect, includePickles: true, newId: IdGenerator.incrementing() };
  return texts.flatMap(({ uri, text }) =>
    generateMessages(text, uri, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, options).flatMap(
      ({ pickle }) =>
        pickle ? [new Set(pickle.tags.map(({ name }) => name.slice(1)).filter(isRequirementId))] : [],
    ),
  );
}
