// The catalogue is consistent, the files generated from it are up to date, and the model is pure.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { catalogue, isRequirementId, requirement, tenantRequirements } from '../../src/protocol/catalogue.ts';
import { catalogueProblems, withAreas } from '../../src/protocol/catalogue-rules.ts';
import { runNode } from '../processes.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, root), 'utf8');

const sound = {
  id: 'HOOKS-EP-01',
  since: '0.1.0',
  level: 'must',
  binds: 'both',
  basis: 'stated',
  decidedBy: ['accepted'],
  source: ['CE'],
  title: 'Sent with POST',
};
const doubt = { id: 'X-01', about: 'the header', says: 'token, auth', treatment: ['knob', 'probe'] };

const evidence =
  'accepted, answer, bad token, unknown bot, faulty request, refused, transferred, outcome, failure';
const areas = [{ area: 'Endpoint', prefixes: ['HOOKS-EP'] }];
const problemsOf = (requirements: object[], ambiguities: object[], other: object = {}) =>
  catalogueProblems({ areas, requirements, ...other }, ambiguities);

suite('An inconsistent catalogue is found', () => {
  const ofRequirement: [change: object, wording: string][] = [
    [{ id: 'HOOKS-EP-1' }, 'HOOKS-EP-1: not a requirement id like HOOKS-EP-01'],
    [
      { since: undefined },
      'HOOKS-EP-01: since must be the version of the suite that first has it, like 1.2.0',
    ],
    [{ since: '1.2' }, 'HOOKS-EP-01: since must be the version of the suite that first has it, like 1.2.0'],
    [{ level: 'shall' }, 'HOOKS-EP-01: level must be one of must, should, may'],
    [{ level: undefined }, 'HOOKS-EP-01: level must be one of must, should, may'],
    [{ binds: 'receiver' }, 'HOOKS-EP-01: binds must be one of tenant, sender, both'],
    [{ basis: 'rumoured' }, 'HOOKS-EP-01: basis must be one of stated, shown, inferred'],
    [
      { basis: 'inferred' },
      'HOOKS-EP-01: a must is stated or shown by a document; what is inferred is a should',
    ],
    [{ decidedBy: undefined }, `HOOKS-EP-01: decidedBy must list what decides it: ${evidence}`],
    [{ decidedBy: ['accepted', 'luck'] }, `HOOKS-EP-01: decidedBy must list what decides it: ${evidence}`],
    [{ binds: 'sender' }, 'HOOKS-EP-01: decidedBy is only for what a run against a tenant can decide'],
    [{ title: '' }, 'HOOKS-EP-01: title is missing'],
    [{ title: undefined }, 'HOOKS-EP-01: title is missing'],
    [{ source: 'CE' }, 'HOOKS-EP-01: source is missing'],
    [{ source: ['CE', 'XY'] }, 'HOOKS-EP-01: XY is not one of the documents'],
    [{ source: [] }, 'HOOKS-EP-01: its basis is stated, so source must name the document'],
    [{ ambiguity: ['X-01', 'X-99'] }, 'HOOKS-EP-01: ambiguities.yaml has no X-99'],
    [{ ambiguity: 'X-01' }, 'HOOKS-EP-01: ambiguity must be a list'],
    [{ untestable: true }, 'HOOKS-EP-01: untestable must say why, in a sentence'],
    [{ untestable: ' unseen ' }, 'HOOKS-EP-01: untestable must say why, in a sentence'],
  ];
  for (const [change, wording] of ofRequirement) {
    test(wording, () => assert.deepEqual(problemsOf([{ ...sound, ...change }], [doubt]), [wording]));
  }

  test('a requirement of neither API', () => {
    const other = { areas: [{ area: 'Endpoint', prefixes: ['OTHER-EP'] }] };
    const wording = ['OTHER-EP-01: not a requirement id like HOOKS-EP-01'];
    assert.deepEqual(problemsOf([{ ...sound, id: 'OTHER-EP-01' }], [doubt], other), wording);
  });

  const ofAmbiguity: [change: object, wording: string][] = [
    [{ id: 'X-1' }, 'X-1: not an ambiguity id like X-01'],
    [{ says: undefined }, 'X-01: says is missing'],
    [{ treatment: ['guess'] }, 'X-01: guess is not a treatment'],
  ];
  for (const [change, wording] of ofAmbiguity) {
    test(wording, () => assert.deepEqual(problemsOf([sound], [{ ...doubt, ...change }]), [wording]));
  }

  const twoLists = 'requirements.yaml must hold two lists, areas and requirements';
  const needsId = 'each entry must be an object with an id';
  const file = { areas, requirements: [sound] };
  const ofWhole: [what: string, requirements: unknown, ambiguities: unknown, wording: string][] = [
    ['a requirement twice', { areas, requirements: [sound, sound] }, [doubt], 'HOOKS-EP-01: is listed twice'],
    ['an ambiguity twice', file, [doubt, doubt], 'X-01: is listed twice'],
    ['no areas', { requirements: [sound] }, [doubt], twoLists],
    ['requirements that are not a list', { areas, requirements: { sound } }, [doubt], twoLists],
    ['an empty file of requirements', null, [doubt], twoLists],
    ['an empty file of ambiguities', file, null, 'ambiguities.yaml must hold a list'],
    ['an empty entry', { areas, requirements: [sound, null] }, [doubt], needsId],
    ['an entry without an id', file, [{ about: 'the header' }], needsId],
  ];
  for (const [what, requirements, ambiguities, wording] of ofWhole) {
    test(what, () => assert.deepEqual(catalogueProblems(requirements, ambiguities), [wording]));
  }

  test('all problems are reported at once, and a sound catalogue has none', () => {
    assert.equal(problemsOf([{ id: 'x' }], [{ id: 'y' }]).length, 12);
    assert.deepEqual(problemsOf([sound], [doubt]), []);
    assert.deepEqual(problemsOf([{ ...sound, level: 'should', basis: 'inferred', source: [] }], []), []);
  });
});

suite('Each requirement belongs to one area', () => {
  test('a new prefix is named once, with the line to add', () => {
    const hold = ['HOOKS-HOLD-01', 'HOOKS-HOLD-02'].map((id) => ({ ...sound, id }));
    assert.deepEqual(problemsOf([sound, ...hold], []), [
      'HOOKS-HOLD-01: HOOKS-HOLD belongs to no area; add it to one in requirements.yaml, or a line like - {area: The name of the area, prefixes: [HOOKS-HOLD]}',
    ]);
  });

  test('an area is found by the whole prefix', () => {
    const [problem] = problemsOf([sound, { ...sound, id: 'HOOKS-EPX-01' }], []);
    assert.match(problem ?? '', /^HOOKS-EPX-01: HOOKS-EPX belongs to no area/);
  });

  test('a prefix belongs to one area, and is used', () => {
    const more = { area: 'Other', prefixes: ['HOOKS-EP', 'HOOKS-OLD'] };
    assert.deepEqual(problemsOf([sound], [], { areas: [...areas, more] }), [
      'areas: HOOKS-EP is listed twice, but a prefix belongs to one area',
      'areas: no requirement begins with HOOKS-OLD-',
    ]);
  });

  for (const area of [
    null,
    'Endpoint',
    { area: '', prefixes: ['HOOKS-EP'] },
    { area: 'Endpoint' },
    { area: 'Endpoint', prefixes: [] },
    { area: 'Endpoint', prefixes: [''] },
  ]) {
    test(`${JSON.stringify(area)} is not an area`, () => {
      assert.deepEqual(problemsOf([sound], [], { areas: [area] }), [
        'areas: each must be like {area: Envelope, prefixes: [HOOKS-ENV]}',
      ]);
    });
  }

  test('its area stands in the catalogue', () => {
    assert.deepEqual(withAreas({ areas, requirements: [sound] }), [{ ...sound, area: 'Endpoint' }]);
    assert.equal(requirement('HOOKS-AUTH-03').area, 'Endpoint and authentication');
    assert.equal(requirement('ASSIGN-CB-01').area, 'Routing to an agent or a queue');
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

  test('matches the generated files', async () => {
    const { code, stdout, stderr } = await runNode(['src/cli/generate.ts', '--check']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Generated files are up to date/);
  });

  test('is found by id', () => {
    assert.equal(requirement('HOOKS-ERR-02').level, 'should');
    assert.ok(isRequirementId('HOOKS-EOC-02'));
    for (const other of ['HOOKS-EOC-99', 'hooks-eoc-02', '', '__proto__'])
      assert.ok(!isRequirementId(other), other);
  });

  test('lists the requirements that a tenant can show', () => {
    const ids = tenantRequirements.map(({ id }) => id);
    assert.ok(ids.includes('HOOKS-RESP-01') && ids.includes('HOOKS-EOC-02'));
    assert.ok(!ids.includes('HOOKS-EOC-01'));
    assert.equal(ids.length, catalogue.filter(({ binds }) => binds !== 'sender').length);
  });
});

suite('The model is pure', async () => {
  const modules = (await readdir(new URL('src/protocol/', root), { recursive: true }))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/protocol/${name}`);
  const impure =
    /\bprocess\b\.|\bDate\b|Math\.random|performance\.|\bfetch\(|setTimeout|setInterval|console\./;

  for (const path of modules) {
    test(`${path} imports only the model, the schemas, words and ajv`, async () => {
      const imports = (await read(path)).matchAll(
        /(?:^import|^\} from|^(?:import|export) .* from|\bimport\()\s*'([^']+)'/gm,
      );
      for (const [, specifier = ''] of imports) {
        const target = specifier.startsWith('.') ? new URL(specifier, new URL(path, root)).href : specifier;
        const inside = ['src/protocol/', 'src/text/', 'schemas/'].some((folder) =>
          target.startsWith(new URL(folder, root).href),
        );
        assert.ok(inside || /^ajv(\/|$)/.test(target), `${path} imports ${specifier}`);
      }
    });

    test(`${path} uses no clock, no environment and no random numbers`, async () => {
      const code = (await read(path)).replace(/\/\*.*?\*\/|^\s*\/\/.*$/gms, '');
      assert.doesNotMatch(code, impure);
    });
  }
});
