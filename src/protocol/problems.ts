// Turns the errors of a schema into sentences that name the field and the requirement.

import type { ErrorObject } from 'ajv';
import { shown } from '../text/shown-value.ts';
import type { RequirementId } from './catalogue.ts';
import { type AnnotatedSchema, brokenRequirements } from './field-requirements.ts';
import { type SchemaName, schemaErrors, schemas } from './schemas.ts';

/** One thing that is wrong with a value. */
export interface Problem {
  /** The part of the body that has the field: an event's name, "message", "envelope" … */
  where: string;
  /** JSON pointer into the whole body. */
  pointer: string;
  /** "reason is missing" */
  text: string;
  /** What it breaks: several when an object is missing whose members have one each, none when no requirement covers it. */
  requirements: readonly RequirementId[];
}

/** "END_OF_CONVERSATION: reason is missing" */
export function sentence(problem: Problem): string {
  return `${problem.where}: ${problem.text}`;
}

/** "END_OF_CONVERSATION: reason is missing (HOOKS-EOC-02)" */
export function citingSentence(problem: Problem): string {
  const { requirements } = problem;
  return `${sentence(problem)}${requirements.length > 0 ? ` (${requirements.join(', ')})` : ''}`;
}

/**
 * The problems of one value against one schema.
 * @param where what the value is, for the reader
 * @param at JSON pointer to the value in the whole body
 */
export function problems(schema: SchemaName, value: unknown, where: string, at = ''): Problem[] {
  return withoutEchoes(schemaErrors(schema, value)).map((error) => {
    const missing = error.keyword === 'required' ? `/${error.params.missingProperty}` : '';
    const pointer = error.instancePath + missing;
    const path = pointer.split('/').slice(1);
    const broken = brokenRequirements(schemas[schema] as AnnotatedSchema, path, error.keyword);
    const requirements = error.keyword === 'type' && error.data === null ? broken.map(ofNull) : broken;
    return { where, pointer: at + pointer, text: words(error), requirements };
  });
}

/** An optional field that is null has no value: that is a should of its own, unlike a value of another type. */
function ofNull(broken: RequirementId): RequirementId {
  return broken === 'HOOKS-ENV-08' ? 'HOOKS-ENV-09' : broken;
}

/** A value of the wrong type has only that problem: any other error would repeat it. */
function withoutEchoes(errors: ErrorObject[]): ErrorObject[] {
  const typeErrors = new Map<string, ErrorObject>();
  for (const error of errors) {
    if (error.keyword === 'type' && !typeErrors.has(error.instancePath))
      typeErrors.set(error.instancePath, error);
  }
  return errors.filter(
    (error) => error.keyword !== 'if' && (typeErrors.get(error.instancePath) ?? error) === error,
  );
}

function words(error: ErrorObject): string {
  const field = error.instancePath.slice(1).replaceAll('/', '.') || 'it';
  if (error.keyword === 'required') {
    return `${field === 'it' ? '' : `${field}.`}${error.params.missingProperty} is missing`;
  }
  const seen = shown(error.data);
  switch (error.keyword) {
    case 'type':
      return `${field} is ${seen}, it must be ${article(error.params.type)}`;
    case 'enum':
      return `${field} is ${seen}, it must be one of ${error.params.allowedValues.map(shown).join(', ')}`;
    case 'const':
      return `${field} is ${seen}, it must be ${shown(error.params.allowedValue)}`;
    case 'pattern':
      return error.data === ''
        ? `${field} is empty`
        : `${field} is ${seen}, it must match ${error.params.pattern}`;
    case 'minLength':
    case 'minItems':
      return `${field} is empty`;
    default:
      return `${field} is ${seen}: ${error.message}`;
  }
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}
