// The selection @smoke: what decides everything with the fewest requests, written into the feature files as a tag.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator } from '@cucumber/messages';
import { tenantRequirements, whyUntestable } from '../../src/protocol/catalogue.ts';
import { smallestCover } from '../../src/run/cover.ts';
import { known } from '../../src/run/expected-requests.ts';
import { type Suite, smokeOf, smokeTag, withSmokeTags } from '../../src/run/smoke.ts';
import { readVocabulary } from '../../src/run/vocabulary.ts';
import { requirementVerdicts } from '../../src/verdict/checks-by-requirement.ts';
import { run } from './harness.ts';

suite('The smallest cover', () => {
  const one = (name: string, cost: number, ...decides: string[]) => ({
    name,
    cost,
    decides: new Set(decides),
  });
  const chosen = (...all: ReturnType<typeof one>[]) => smallestCover(all).map(({ name }) => name);

  test('has what decides the most for a request', () => {
    assert.deepEqual(chosen(one('a', 4, 'x'), one('b', 4, 'x', 'y'), one('c', 3, 'y')), ['b']);
  });

  test('drops what the others have made superfluous', () => {
    const early = one('early', 2, 'x', 'y');
    assert.deepEqual(chosen(early, one('b', 4, 'x', 'v', 'w'), one('c', 4, 'y', 'z')), ['b', 'c']);
  });

  test('takes the first of equals, and nothing that decides nothing', () => {
    assert.deepEqual(chosen(one('a', 1, 'x'), one('b', 1, 'x'), one('c', 1)), ['a']);
  });
});

const text = `Feature: Own
  @HOOKS-SEQ-04
  Rule: One

    Example: Dear
      Given a voice conversation

    @smoke
    Example: Cheap
      Given a voice conversation

    @ours @smoke @yours
    Scenario Outline: With <kind>
      Given a voice conversation

      Examples: Dear
        | kind |
        | a    |

      Examples: Cheap
        | kind |
        | b    |
`;

function parsed(source: string): Suite {
  const ids = IdGenerator.incrementing();
  const document = {
    ...new Parser(new AstBuilder(ids), new GherkinClassicTokenMatcher()).parse(source),
    uri: 'own.feature',
  };
  return { documents: [document], scenarios: [...compile(document, document.uri, ids)], needing: new Set() };
}

/** The feature text once these nodes, and no others, are tagged. */
function tagged(...chosen: string[]): string {
  const { documents } = parsed(text);
  const scenarios = documents[0]!.feature!.children.flatMap(({ rule }) =>
    rule!.children.map((child) => child.scenario!),
  );
  const nodes = scenarios.flatMap((scenario) => [scenario, ...scenario.examples]);
  const wanted = nodes.filter(({ keyword, name }) => chosen.includes(`${keyword} ${name}`));
  assert.equal(wanted.length, chosen.length);
  return withSmokeTags(text, documents[0]!, wanted);
}

suite('The tag', () => {
  test('is taken away, with its line, but not the tags of others', () => {
    const expected = text.replace('    @smoke\n', '').replace('@ours @smoke @yours', '@ours @yours');
    assert.equal(tagged(), expected);
  });

  test('is written where it is missing, and left where it is', () => {
    const after = tagged('Example Dear', 'Example Cheap', 'Examples Cheap');
    assert.equal(
      after,
      text
        .replace('    Example: Dear', '    @smoke\n    Example: Dear')
        .replace('@ours @smoke @yours', '@ours @yours')
        .replace('      Examples: Cheap', '      @smoke\n      Examples: Cheap'),
    );
    assert.equal(
      parsed(after).scenarios.filter(({ tags }) => tags.some(({ name }) => name === smokeTag)).length,
      3,
    );
  });

  test('joins the tags that are there', () => {
    const own = text.replace('@ours @smoke @yours', '@ours @yours');
    const { documents } = parsed(own);
    const [rule] = documents[0]!.feature!.children;
    const outline = rule!.rule!.children.at(-1)!.scenario!;
    assert.match(withSmokeTags(own, documents[0]!, [outline]), /@ours @yours @smoke\n/);
  });
});

suite('The selection of the suite', () => {
  let all: Suite;
  before(async () => {
    all = await readVocabulary();
  });

  test('decides every requirement of the tenant when it runs by itself', async () => {
    const ended = await run(['--tags', smokeTag], { measured: true });
    assert.equal(ended.code, 0, ended.output);
    const shown = requirementVerdicts(ended.collected.results);
    const missing = tenantRequirements.filter(
      (entry) => !whyUntestable(entry) && !['pass', 'recorded'].includes(shown.get(entry.id) ?? ''),
    );
    assert.deepEqual(
      missing.map(({ id }) => id),
      [],
    );
  });

  test('has under half of the scenarios and a third of the requests', () => {
    const { requests, scenarios } = smokeOf(all, known);
    const total = Object.values(known)
      .flatMap((one) => Object.values(one))
      .reduce((sum, count) => sum + count, 0);
    assert.ok(scenarios < all.scenarios.length / 2);
    assert.ok(requests < total / 3, `${requests} of ${total}`);
  });

  test('prefers what every profile declares', () => {
    const chosen = [...smokeOf(all, known).tagged.keys()];
    assert.ok(!chosen.some((uri) => uri.endsWith('languages.feature')));
  });

  test('names a requirement that has no scenario which was counted', () => {
    const scenarios = all.scenarios.filter(({ tags }) => !tags.some(({ name }) => name === '@HOOKS-RDL-04'));
    assert.deepEqual(smokeOf({ ...all, scenarios }, known).undecided, ['HOOKS-RDL-04']);
    assert.deepEqual(smokeOf(all, known).undecided, []);
  });
});
