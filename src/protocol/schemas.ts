// The compiled schemas. One compiler for the process; a schema is compiled when it is first used.
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import assignConversationCallback from '../../schemas/assign-conversation-callback.schema.json' with {
  type: 'json',
};
import assignConversationRequest from '../../schemas/assign-conversation-request.schema.json' with {
  type: 'json',
};
import assignedToAgent from '../../schemas/assigned-to-agent.schema.json' with { type: 'json' };
import assignedToQueue from '../../schemas/assigned-to-queue.schema.json' with { type: 'json' };
import comparison from '../../schemas/comparison.schema.json' with { type: 'json' };
import conformanceReport from '../../schemas/conformance-report.schema.json' with { type: 'json' };
import error from '../../schemas/error.schema.json' with { type: 'json' };
import hooksRequest from '../../schemas/hooks-request.schema.json' with { type: 'json' };
import hooksSuccess from '../../schemas/hooks-success.schema.json' with { type: 'json' };
import message from '../../schemas/message.schema.json' with { type: 'json' };
import participant from '../../schemas/participant.schema.json' with { type: 'json' };
import settings from '../../schemas/settings.schema.json' with { type: 'json' };
import unknownBotError from '../../schemas/unknown-bot-error.schema.json' with { type: 'json' };
import { eventNames, eventTable } from './event-table.ts';
import type { EventName } from './events.ts';
import { requirementKeyword } from './field-requirements.ts';

const others = {
  assignConversationCallback,
  assignConversationRequest,
  assignedToAgent,
  assignedToQueue,
  conformanceReport,
  error,
  hooksRequest,
  hooksSuccess,
  message,
  settings,
  unknownBotError,
};

/** Those of the events by the names of the events. */
export const schemas = {
  ...others,
  ...(Object.fromEntries(eventNames.map((name) => [name, eventTable[name].schema])) as Record<
    EventName,
    object
  >),
};

export type SchemaName = keyof typeof schemas;

/**
 * `unicode: false` counts lengths in UTF-16 units, which is faster; no schema here has a minLength above 1.
 * The logger is off because it only warns that this option is deprecated; `strict` makes any other warning an error.
 */
const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  allErrors: true,
  verbose: true,
  unicode: false,
  logger: false,
});
ajv.addKeyword(requirementKeyword);
ajv.addSchema(participant);
ajv.addSchema(comparison);

const compiled: Partial<Record<SchemaName, ValidateFunction>> = {};

/** The errors of a value against a schema; an empty list means that it is valid. */
export function schemaErrors(name: SchemaName, value: unknown): ErrorObject[] {
  const validate = validator(name);
  return validate(value) ? [] : [...validate.errors!];
}

/** Whether a value is valid; does not collect the errors. */
export function isValid(name: SchemaName, value: unknown): boolean {
  return validator(name)(value) as boolean;
}

function validator(name: SchemaName): ValidateFunction {
  compiled[name] ??= ajv.compile(schemas[name]);
  return compiled[name];
}
