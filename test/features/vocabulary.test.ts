// The features and the sentences that they are made of, looked at without sending anything.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import type {
  FeatureChild,
  GherkinDocument,
  Pickle,
  RuleChild,
  Scenario,
  TestCase,
} from '@cucumber/messages';
import { isAmbiguityId, isRequirementId } from '../../src/protocol/catalogue.ts';
import { ambiguities } from '../../src/protocol/generated/catalogue.ts';
import { repository } from '../processes.ts';
import { cucumberCommand, type Run, run } from '../run/harness.ts';

let dry: Run;
let documents: GherkinDocument[];
let pickles: Pickle[];
let testCases: TestCase[];

before(async () => {
  dry = await run(['--dry-run'], { command: cucumberCommand });
  assert.equal(dry.code, 0, dry.output);
  documents = dry.messages.flatMap(({ gherkinDocument }) => gherkinDocument ?? []);
  pickles = dry.messages.flatMap(({ pickle }) => pickle ?? []);
  testCases = dry.messages.flatMap(({ testCase }) => testCase ?? []);
  assert.ok(documents.length >= 10 && pickles.length > 100);
});
const at = (pickle: Pickle) => `${pickle.uri}:${pickle.location?.line}  ${pickle.name}`;

suite('the vocabulary', () => {
  test('every step is one sentence of it', () => {
    const steps = testCases.flatMap(({ testSteps }) => testSteps).filter((step) => step.pickleStepId);
    assert.ok(steps.length > 400);
    const odd = steps.filter((step) => step.stepDefinitionIds?.length !== 1);
    const texts = pickles.flatMap(({ steps }) => steps);
    assert.deepEqual(
      odd.map(({ pickleStepId }) => texts.find(({ id }) => id === pickleStepId)?.text),
      [],
    );
  });

  test('every sentence of it is used', () => {
    const used = new Set(
      testCases.flatMap(({ testSteps }) => testSteps.flatMap((step) => step.stepDefinitionIds ?? [])),
    );
    // Those of explorations are in the scenarios that explorations write (test/explore/feature.test.ts).
    const definitions = dry.messages
      .flatMap(({ stepDefinition }) => stepDefinition ?? [])
      .filter(({ sourceReference }) => !sourceReference.uri?.endsWith('explored.ts'));
    assert.ok(definitions.length > 30);
    assert.deepEqual(
      definitions.filter(({ id }) => !used.has(id)).map(({ pattern }) => pattern.source),
      [],
    );
  });

  test('every parameter type is used', () => {
    const types = dry.messages.flatMap(({ parameterType }) => parameterType ?? []);
    assert.ok(types.length >= 10);
    const sources = dry.messages.flatMap(({ stepDefinition }) => stepDefinition?.pattern.source ?? []);
    assert.deepEqual(
      types.map(({ name }) => name).filter((name) => !sources.some((source) => source.includes(`{${name}}`))),
      [],
    );
  });

  test('every word in the list of a parameter type is used', () => {
    const texts = pickles.flatMap(({ steps }) => steps.map(({ text }) => text)).join('\n');
    const tables = documents
      .flatMap(({ feature }) => feature?.children ?? [])
      .flatMap(rows)
      .join('\n');
    const unused = dry.messages
      .flatMap(({ parameterType }) => parameterType?.regularExpressions ?? [])
      .flatMap((expression) => expression.split('|'))
      .filter((word) => /^[\w ./'-]+$/.test(word))
      // What every request has that says nothing of its token.
      .filter((word) => word !== 'a valid token')
      .filter((word) => !texts.includes(word) && !tables.includes(word));
    assert.deepEqual(unused, []);
  });
});

suite('the features', () => {
  test('speak plain language: no JSON, no header, no path', () => {
    // The text of a message may be anything.
    const sentences = pickles.flatMap(({ steps }) =>
      steps.map(({ text }) => text.replace(/ says ".*"/, ' says "…"')),
    );
    assert.deepEqual(
      [...new Set(sentences)].filter((text) => /[{}[\]]|"[^"]*"\s*:|https?:|\/api\//.test(text)),
      [],
    );
  });

  test('tag every scenario with a requirement, or as an observation of an ambiguity', () => {
    const untagged = pickles.filter(({ tags }) => {
      const names = tags.map(({ name }) => name.slice(1));
      return !names.some(isRequirementId) && !(names.includes('observe') && names.some(isAmbiguityId));
    });
    assert.deepEqual(untagged.map(at), []);
  });

  test('say what they are about in rules, each with a scenario', () => {
    const empty = documents.flatMap(({ uri, feature }) =>
      (feature?.children ?? []).flatMap(({ rule, scenario }) => {
        if (scenario) return [`${uri}: "${scenario.name}" is outside a Rule`];
        return rule && !rule.children.some((child) => child.scenario)
          ? [`${uri}: "${rule.name}" has no scenario`]
          : [];
      }),
    );
    assert.deepEqual(empty, []);
  });

  test('name their source', () => {
    const without = documents.filter(({ feature }) => !/^\s*Source: \S/m.test(feature?.description ?? ''));
    assert.deepEqual(
      without.map(({ uri }) => uri),
      [],
    );
  });

  test('name a scenario once within a file and rule', () => {
    const twice = documents.flatMap(({ uri, feature }) =>
      (feature?.children ?? []).flatMap(({ rule }) => {
        const names = (rule?.children ?? []).flatMap(({ scenario }) => scenario?.name ?? []);
        return names
          .filter((name, index) => names.indexOf(name) < index)
          .map((name) => `${uri}  ${rule?.name}  ${name}`);
      }),
    );
    assert.deepEqual(twice, []);
  });

  test('name each example once within a file', () => {
    const seen = new Map<string, string>();
    const twice = pickles.flatMap((pickle) => {
      const key = `${pickle.uri} ${pickle.name}`;
      const first = seen.get(key);
      seen.set(key, at(pickle));
      return first ? [`${at(pickle)} = ${first}`] : [];
    });
    assert.deepEqual(twice, []);
  });

  test('ask of every faulty request that it is refused and its twin accepted, or that the answer is recorded', () => {
    const faulty = pickles.filter(({ steps }) =>
      steps.some(({ text }) =>
        /^(an?|every|the) .* (is|are) (first )?sent (with|for|that|in)\b|^a transfer .*\brequested (with|for|that)\b/.test(
          text,
        ),
      ),
    );
    assert.ok(faulty.length > 30);
    const endings = [
      'the tenant refuses it, and accepts it once put right',
      'the tenant refuses each, and accepts it once put right',
      'the tenant refuses each, and accepts each once put right',
      'the tenant refuses it, unless it refuses every such transfer',
      "the tenant's answer is recorded",
    ];
    assert.deepEqual(faulty.filter(({ steps }) => !endings.includes(steps.at(-1)?.text ?? '')).map(at), []);
  });

  test('ask the tenant about everything that the register has a probe for, and about nothing else', () => {
    const asked = pickles
      .filter(({ tags }) => tags.some(({ name }) => name === '@observe'))
      .flatMap(({ tags }) => tags.map(({ name }) => name.slice(1)).filter(isAmbiguityId));
    const probes = ambiguities.filter(({ treatment }) => treatment.some((one) => one === 'probe'));
    assert.deepEqual([...new Set(asked)].sort(), probes.map(({ id }) => id).sort());
  });

  test('record an answer where they observe, and judge none there', () => {
    // What is posted for a transfer that fails is recorded; that something is posted is judged.
    const observing = pickles.filter(({ tags }) => {
      const names = tags.map(({ name }) => name);
      return names.includes('@observe') && !names.includes('@X-36');
    });
    const judging = observing.filter(({ tags }) => tags.some(({ name }) => isRequirementId(name.slice(1))));
    assert.deepEqual(judging.map(at), []);
    const recording = pickles.filter(({ steps }) => steps.at(-1)?.text === "the tenant's answer is recorded");
    assert.deepEqual(recording.map(at), observing.map(at));
  });

  test('expect something in every scenario, at its end', () => {
    const open = pickles.filter(({ steps }) => steps.at(-1)?.type !== 'Outcome');
    assert.deepEqual(open.map(at), []);
  });

  test('need no more than two sentences of Background', () => {
    const long = documents.flatMap(({ uri, feature }) =>
      (feature?.children ?? [])
        .filter(({ background }) => (background?.steps.length ?? 0) > 2)
        .map(() => uri),
    );
    assert.deepEqual(long, []);
  });
});

test('step definitions are thin', () => {
  const folder = path.join(repository, 'steps');
  const sources = readdirSync(folder).map(
    (file) => [file, readFileSync(path.join(folder, file), 'utf8')] as const,
  );
  const definitions = dry.messages.filter(({ stepDefinition }) => stepDefinition);
  assert.equal(sources.flatMap(([, source]) => bodies(source)).length, definitions.length);
  const thick = sources.flatMap(([file, source]) => {
    return bodies(source)
      .filter(({ lines }) => lines > 10)
      .map(({ sentence, lines }) => `steps/${file}: ${sentence} has ${lines} lines`);
  });
  assert.deepEqual(thick, []);
});

/** Roughly: from the function of a Given, When or Then to the end of its call, at the start of a line. */
function bodies(source: string): { sentence: string; lines: number }[] {
  return [...source.matchAll(/^(?:Given|When|Then)\(([\s\S]*?)^\s{0,2}\},?\s*\)?;?$/gm)].map(
    ([, call = '']) => {
      const body = call.slice(call.indexOf('function')).split('\n').slice(1);
      return {
        sentence: call.trim().split('\n', 1)[0] ?? '',
        lines: body.filter((line) => line.trim() !== '').length,
      };
    },
  );
}

function scenarios(child: FeatureChild | RuleChild): Scenario[] {
  if ('rule' in child && child.rule) return child.rule.children.flatMap(scenarios);
  return child.scenario ? [child.scenario] : [];
}

function rows(child: FeatureChild): string[] {
  const cells = scenarios(child).flatMap(({ steps }) =>
    steps.flatMap(({ dataTable }) => dataTable?.rows ?? []),
  );
  return cells.map((row) => row.cells.map(({ value }) => value).join(' '));
}
