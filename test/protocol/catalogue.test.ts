// The catalogue is consistent, what is derived from it is up to date, and the model keeps to itself.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { catalogue, isRequirementId, requirement, tenantRequirements } from '../../src/protocol/catalogue.ts';
import { catalogueProblems } from '../../src/protocol/catalogue-rules.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, root), 'utf8');

const sound = { id: 'HOOKS-EP-01', level: 'must', binds: 'both', source: ['CE'], title: 'Sent with POST' };
const doubt = { id: 'X-01', about: 'the header', says: 'token, auth', treatment: ['knob', 'probe'] };

suite('An inconsistent catalogue is found', () => {
  const ofRequirement: [change: object, says: string][] = [
    [{ id: 'HOOKS-EP-1' }, 'HOOKS-EP-1: not a requirement id like HOOKS-EP-01'],
    [{ id: 'OTHER-EP-01' }, 'OTHER-EP-01: not a requirement id like HOOKS-EP-01'],
    [{ level: 'shall' }, 'HOOKS-EP-01: level must be one of must, should, may'],
    [{ level: undefined }, 'HOOKS-EP-01: level must be one of must, should, may'],
    [{ binds: 'receiver' }, 'HOOKS-EP-01: binds must be one of tenant, sender, both'],
    [{ title: '' }, 'HOOKS-EP-01: title is missing'],
    [{ title: undefined }, 'HOOKS-EP-01: title is missing'],
    [{ source: 'CE' }, 'HOOKS-EP-01: source is missing'],
    [{ source: ['CE', 'XY'] }, 'HOOKS-EP-01: XY is not one of the documents'],
    [{ source: [] }, 'HOOKS-EP-01: a must is stated by a document, source names none'],
    [{ ambiguity: ['X-01', 'X-99'] }, 'HOOKS-EP-01: the register has no ambiguity X-99'],
    [{ ambiguity: 'X-01' }, 'HOOKS-EP-01: ambiguity must be a list'],
    [{ untestable: true }, 'HOOKS-EP-01: untestable must say why, in a sentence'],
    [{ untestable: ' unseen ' }, 'HOOKS-EP-01: untestable must say why, in a sentence'],
  ];
  for (const [change, says] of ofRequirement) {
    test(says, () => assert.deepEqual(catalogueProblems([{ ...sound, ...change }], [doubt]), [says]));
  }

  const ofAmbiguity: [change: object, says: string][] = [
    [{ id: 'X-1' }, 'X-1: not an ambiguity id like X-01'],
    [{ says: undefined }, 'X-01: says is missing'],
    [{ treatment: ['guess'] }, 'X-01: guess is not a treatment'],
  ];
  for (const [change, says] of ofAmbiguity) {
    test(says, () => assert.deepEqual(catalogueProblems([sound], [{ ...doubt, ...change }]), [says]));
  }

  const ofWhole: [what: string, requirements: unknown, ambiguities: unknown, says: string][] = [
    ['a requirement twice', [sound, sound], [doubt], 'HOOKS-EP-01: stands twice'],
    ['an ambiguity twice', [sound], [doubt, doubt], 'X-01: stands twice'],
    ['no list', { sound }, [doubt], 'each file must hold a list'],
    ['an empty file', [sound], null, 'each file must hold a list'],
    ['an empty entry', [sound, null], [doubt], 'each entry must be an object with an id'],
    ['an entry without an id', [sound], [{ about: 'the header' }], 'each entry must be an object with an id'],
  ];
  for (const [what, requirements, ambiguities, says] of ofWhole) {
    test(what, () => assert.deepEqual(catalogueProblems(requirements, ambiguities), [says]));
  }

  test('all problems are told at once, and a sound one has none', () => {
    assert.equal(catalogueProblems([{ id: 'x' }], [{ id: 'y' }]).length, 7);
    assert.deepEqual(catalogueProblems([sound], [doubt]), []);
    assert.deepEqual(catalogueProblems([{ ...sound, level: 'should', source: [] }], []), []);
  });
});

suite('The committed catalogue', () => {
  test('is consistent', async () => {
    const [requirements, ambiguities] = [
      await read('spec/requirements.yaml'),
      await read('spec/ambiguities.yaml'),
    ];
    assert.deepEqual(catalogueProblems(parse(requirements), parse(ambiguities)), []);
  });

  test('is what the generated files are made of', async () => {
    const generate = fileURLToPath(new URL('src/cli/generate.ts', root));
    const { stdout } = await promisify(execFile)(process.execPath, [generate, '--check']);
    assert.match(stdout, /Generated files are up to date/);
  });

  test('is found by id', () => {
    assert.equal(requirement('HOOKS-ERR-02').level, 'should');
    assert.ok(isRequirementId('HOOKS-EOC-02'));
    for (const other of ['HOOKS-EOC-99', 'hooks-eoc-02', '', '__proto__'])
      assert.ok(!isRequirementId(other), other);
  });

  test('tells what a tenant can be asked to show', () => {
    const ids = tenantRequirements.map(({ id }) => id);
    assert.ok(ids.includes('HOOKS-RESP-01') && ids.includes('HOOKS-EOC-02'));
    assert.ok(!ids.includes('HOOKS-EOC-01'));
    assert.equal(ids.length, catalogue.filter(({ binds }) => binds !== 'sender').length);
  });
});

/** Every value of a key, at any depth. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(key, inner)));
}

suite('The schemas', async () => {
  for (const file of (await readdir(new URL('schemas/', root))).filter((name) => name.endsWith('.json'))) {
    test(`${file} cites requirements of the catalogue`, async () => {
      const cited = valuesOf('requirement', JSON.parse(await read(`schemas/${file}`)));
      const unknown = cited.filter((id) => typeof id === 'string' && !isRequirementId(id));
      assert.deepEqual(unknown, []);
    });
  }
});

suite('The model is pure', async () => {
  const modules = (await readdir(new URL('src/protocol/', root), { recursive: true }))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/protocol/${name}`);
  const impure =
    /\bprocess\b\.|\bDate\b|Math\.random|performance\.|\bfetch\(|setTimeout|setInterval|console\./;

  for (const path of modules) {
    test(`${path} imports only the model, the schemas, words and ajv`, async () => {
      const imports = (await read(path)).matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g);
      for (const [, specifier = ''] of imports) {
        const target = specifier.startsWith('.') ? new URL(specifier, new URL(path, root)).href : specifier;
        const inside = ['src/protocol/', 'src/text/', 'schemas/'].some((folder) =>
          target.startsWith(new URL(folder, root).href),
        );
        assert.ok(inside || /^ajv(\/|$)/.test(target), `${path} imports ${specifier}`);
      }
    });

    test(`${path} uses no clock, no environment, no chance`, async () => {
      const code = (await read(path)).replace(/\/\*.*?\*\/|^\s*\/\/.*$/gms, '');
      assert.doesNotMatch(code, impure);
    });
  }
});
