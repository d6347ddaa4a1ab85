// Compiles the schemas to the module `generated/validators.js`: compiling them in each process took a fifth of its start.
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import comparison from '../../schemas/comparison.schema.json' with { type: 'json' };
import participant from '../../schemas/participant.schema.json' with { type: 'json' };
import { holdsKeyword } from './field-contents.ts';
import { requirementKeyword } from './field-requirements.ts';
import { schemas } from './schemas.ts';

/**
 * The source of a module with one validator for each schema.
 * @throws Error for a schema that is not valid, or cites a requirement that does not exist
 */
export function compiledSchemas(): string {
  // `unicode: false` counts lengths in UTF-16 units, which is faster; no schema here has a minLength above 1.
  // The logger is off because it only warns that this option is deprecated; `strict` makes any other warning an error.
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allErrors: true,
    verbose: true,
    unicode: false,
    logger: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addKeyword(requirementKeyword);
  ajv.addKeyword(holdsKeyword);
  ajv.addSchema(participant);
  ajv.addSchema(comparison);
  const names = Object.keys(schemas) as (keyof typeof schemas)[];
  for (const name of names) ajv.addSchema(schemas[name], name);
  return standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
}

/** The source of its type declarations. */
export function compiledSchemaTypes(): string {
  const validators = Object.keys(schemas).map((name) => `export const ${name}: Validator;\n`);
  return [
    "import type { ErrorObject } from 'ajv';\n\n",
    'export type Validator = ((value: unknown) => boolean) & { errors?: ErrorObject[] | null };\n\n',
    ...validators,
  ].join('');
}
