// Values that are written with their type: as MongoDB, DynamoDB and Avro export them to JSON.
import { isObject } from '../protocol/requests.ts';

const types = new Set([
  ...['$date', '$numberInt', '$numberLong', '$numberDouble'],
  ...['S', 'N'],
  ...['int', 'long', 'float', 'double', 'string'],
]);

/** What is in such a value, or in a list of its own: {"N":"200"} is "200"; any other as it is. */
export function untyped(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 && typeof value[0] !== 'object' ? value[0] : value;
  if (!isObject(value)) return value;
  const [type, ...others] = Object.keys(value);
  return type !== undefined && others.length === 0 && types.has(type) ? untyped(value[type]) : value;
}
