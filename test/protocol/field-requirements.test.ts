// The requirement of a field stands only in its schema, one for each keyword if they differ.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { catalogue, requirement } from '../../src/protocol/catalogue.ts';
import { eventNames } from '../../src/protocol/event-table.ts';
import {
  type AnnotatedSchema,
  brokenRequirements,
  citedRequirements,
  requirementKeyword,
} from '../../src/protocol/field-requirements.ts';
import { annotationProblems } from '../../src/protocol/schema-rules.ts';
import { type SchemaName, schemas } from '../../src/protocol/schemas.ts';
import { documentedFields, documentedParameters, optionalFields } from './documented-fields.ts';

const known = new Set<string>(catalogue.map(({ id }) => id));

const sample = {
  type: 'object',
  requirement: { type: 'HOOKS-ENV-05' },
  required: ['plain', 'split', 'whole'],
  properties: {
    plain: { type: 'string', minLength: 1, requirement: 'HOOKS-MSG-01' },
    split: { enum: [true, 'true'], requirement: { required: 'HOOKS-XFER-03', enum: 'HOOKS-XFER-04' } },
    whole: {
      type: 'object',
      required: ['one', 'other'],
      properties: {
        one: { type: 'string', requirement: 'HOOKS-SUM-01' },
        other: { type: 'string', requirement: 'HOOKS-SUM-02' },
        more: { type: 'string', requirement: 'HOOKS-SUM-03' },
      },
    },
    covering: {
      type: 'object',
      requirement: 'HOOKS-XFER-08',
      required: ['inside'],
      properties: { inside: { type: 'string' }, own: { type: 'object', requirement: 'HOOKS-XFER-10' } },
    },
  },
} as const;

suite('What is broken', () => {
  const cases: [path: string, keyword: string, ...ids: string[]][] = [
    ['plain', 'required', 'HOOKS-MSG-01'],
    ['plain', 'minLength', 'HOOKS-MSG-01'],
    ['split', 'required', 'HOOKS-XFER-03'],
    ['split', 'enum', 'HOOKS-XFER-04'],
    ['whole', 'required', 'HOOKS-SUM-01', 'HOOKS-SUM-02'],
    ['whole', 'type', 'HOOKS-SUM-01', 'HOOKS-SUM-02'],
    ['whole.other', 'required', 'HOOKS-SUM-02'],
    ['covering', 'type', 'HOOKS-XFER-08'],
    ['covering.inside', 'required', 'HOOKS-XFER-08'],
    ['covering.own', 'type', 'HOOKS-XFER-10'],
    ['covering.own.deep', 'type', 'HOOKS-XFER-10'],
    ['covering.0', 'type', 'HOOKS-XFER-08'],
    ['', 'type', 'HOOKS-ENV-05'],
    ['unknown', 'type'],
  ];
  for (const [path, keyword, ...ids] of cases) {
    test(`by ${keyword} of ${path || 'the whole'}: ${ids.join(', ') || 'nothing'}`, () => {
      const names = path === '' ? [] : path.split('.');
      assert.deepEqual(brokenRequirements(sample, names, keyword), ids);
    });
  }
});

suite('An annotation that does not fit is refused', () => {
  const unannotated = (field: object) => ({ type: 'object', required: ['field'], properties: { field } });
  const holding = (field: object) => ({ ...unannotated(field), requirement: { type: 'HOOKS-ENV-05' } });
  const cases: [what: string, field: object, wording: string][] = [
    [
      'an unknown id',
      { type: 'string', requirement: 'HOOKS-MSG-99' },
      'field cites HOOKS-MSG-99, which the catalogue does not have',
    ],
    [
      'an unknown id of one keyword',
      { type: 'string', requirement: { required: 'HOOKS-MSG-01', type: 'HOOKS-MSG-99' } },
      'field cites HOOKS-MSG-99, which the catalogue does not have',
    ],
    [
      'a keyword that is not there',
      {
        type: 'string',
        requirement: { required: 'HOOKS-MSG-01', type: 'HOOKS-MSG-01', enum: 'HOOKS-MSG-01' },
      },
      'field has a requirement for enum, but no such keyword',
    ],
    [
      'a keyword without one',
      { type: 'string', minLength: 1, requirement: { required: 'HOOKS-MSG-01', type: 'HOOKS-MSG-01' } },
      'field has no requirement for minLength',
    ],
    [
      'a keyword of any other name without one',
      { maxItems: 9, requirement: { required: 'HOOKS-MSG-01' } },
      'field has no requirement for maxItems',
    ],
    [
      'nothing for a field that is missing',
      { type: 'string', requirement: { type: 'HOOKS-MSG-01' } },
      'field has no requirement for required',
    ],
  ];
  for (const [what, schema, wording] of cases) {
    test(what, () => {
      assert.deepEqual(annotationProblems('a.schema.json', holding(schema), known), [
        `a.schema.json: ${wording}`,
      ]);
    });
  }

  test('a field without a requirement, next to one with a requirement', () => {
    const schema = {
      type: 'object',
      requirement: { type: 'HOOKS-ENV-05', required: 'HOOKS-ENV-05' },
      properties: { field: { type: 'string' } },
    };
    assert.deepEqual(annotationProblems('a.schema.json', schema, known), [
      'a.schema.json: the whole has a requirement for required, but no such keyword',
      'a.schema.json: field has no requirement for required',
      'a.schema.json: field has no requirement for type',
    ]);
  });

  test('a schema without any requirement is allowed', () => {
    assert.deepEqual(annotationProblems('a.schema.json', unannotated({ type: 'string' }), known), []);
    assert.deepEqual(annotationProblems('a.schema.json', sample, known), []);
  });

  test('by ajv as well', () => {
    const ajv = new Ajv2020({ strict: true });
    ajv.addKeyword(requirementKeyword);
    for (const requirement of ['HOOKS-MSG-01', { required: 'HOOKS-XFER-03', enum: 'HOOKS-XFER-04' }]) {
      ajv.compile({ enum: [1], requirement });
    }
    for (const requirement of [7, 'HOOKS-MSG-99', { enum: 'X' }, {}, { required: 7 }]) {
      assert.throws(
        () => ajv.compile({ enum: [1], requirement }),
        /keyword "?requirement"? value is invalid/,
      );
    }
  });
});

suite('The schemas', async () => {
  const folder = new URL('../../schemas/', import.meta.url);
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.schema.json'))) {
    test(`${file} cites the catalogue wherever a request can be wrong`, async () => {
      const schema = JSON.parse(await readFile(new URL(file, folder), 'utf8'));
      assert.deepEqual(annotationProblems(file, schema, known), []);
    });
  }

  /** The fields with a requirement of their own, or with one inside. */
  const fieldsIn = ({ properties = {} }: AnnotatedSchema): string[] =>
    Object.entries(properties).flatMap(([name, inside]) => [
      name,
      ...fieldsIn(inside).map((field) => `${name}.${field}`),
    ]);

  const places: [where: string, SchemaName][] = [
    ['envelope', 'hooksRequest'],
    ['message', 'message'],
    ...eventNames.map((name) => [name, name] as [string, SchemaName]),
  ];
  for (const [where, schema] of places) {
    test(`${where} has no field that the tables of the tests do not know`, () => {
      const tested = new Set([
        'name',
        ...documentedFields.filter((one) => one.where === where).map(({ field }) => field),
        ...optionalFields.filter(([event]) => event === where).map(([, field]) => field),
      ]);
      const fields = fieldsIn(schemas[schema] as AnnotatedSchema);
      assert.deepEqual(
        fields.filter((field) => !tested.has(field)),
        [],
      );
    });
  }

  test('assign-conversation has no parameter that the tables of the tests do not know', () => {
    const fields = fieldsIn(schemas.assignConversationRequest as AnnotatedSchema);
    assert.deepEqual(fields.sort(), Object.keys(documentedParameters).sort());
  });
});

test('a field cites requirements that bind who sends it', () => {
  const cited = Object.values(schemas as Record<SchemaName, AnnotatedSchema>).flatMap(citedRequirements);
  assert.ok(cited.length > 30);
  assert.deepEqual(
    cited.filter((id) => requirement(id).binds === 'tenant'),
    [],
  );
});
