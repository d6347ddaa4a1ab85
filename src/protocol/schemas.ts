// The schemas, and whether a value satisfies one. `npm run generate` has compiled them (compiled-schemas.ts).
import type { ErrorObject } from 'ajv';
import assignConversationCallback from '../../schemas/assign-conversation-callback.schema.json' with {
  type: 'json',
};
import assignConversationRequest from '../../schemas/assign-conversation-request.schema.json' with {
  type: 'json',
};
import assignedToAgent from '../../schemas/assigned-to-agent.schema.json' with { type: 'json' };
import assignedToQueue from '../../schemas/assigned-to-queue.schema.json' with { type: 'json' };
import conformanceReport from '../../schemas/conformance-report.schema.json' with { type: 'json' };
import error from '../../schemas/error.schema.json' with { type: 'json' };
import historyLine from '../../schemas/history-line.schema.json' with { type: 'json' };
import hooksRequest from '../../schemas/hooks-request.schema.json' with { type: 'json' };
import hooksSuccess from '../../schemas/hooks-success.schema.json' with { type: 'json' };
import message from '../../schemas/message.schema.json' with { type: 'json' };
import settings from '../../schemas/settings.schema.json' with { type: 'json' };
import unknownBotError from '../../schemas/unknown-bot-error.schema.json' with { type: 'json' };
import { eventNames, eventTable } from './event-table.ts';
import type { EventName } from './events.ts';
import * as generated from './generated/validators.js';

const others = {
  assignConversationCallback,
  assignConversationRequest,
  assignedToAgent,
  assignedToQueue,
  conformanceReport,
  error,
  historyLine,
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

const validators: Record<SchemaName, generated.Validator> = generated;

/** The errors of a value against a schema; an empty list means that it is valid. */
export function schemaErrors(name: SchemaName, value: unknown): ErrorObject[] {
  const validate = validators[name];
  return validate(value) ? [] : [...validate.errors!];
}

/** Whether a value is valid; does not collect the errors. */
export function isValid(name: SchemaName, value: unknown): boolean {
  return validators[name](value);
}
