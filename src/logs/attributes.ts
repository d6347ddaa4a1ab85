// Records that keep their members as a list: the attributes of OpenTelemetry, the rows of CloudWatch Insights, tables of KQL.
import { isObject } from '../protocol/requests.ts';
import type { Level } from './finder.ts';

/** The members of such a list: [{ "key": …, "value": { "stringValue": … } }], [{ "field": …, "value": … }]; undefined for any other. */
export function attributesOf(list: unknown): Record<string, unknown> | undefined {
  if (!Array.isArray(list) || !isObject(list[0]) || !('value' in list[0])) return undefined;
  const name = ['key', 'field'].find((one) => one in list[0]);
  if (name === undefined) return undefined;
  const entries = list.flatMap((one): [string, unknown][] => {
    if (!isObject(one) || typeof one[name] !== 'string') return [];
    const { value } = one;
    return [[one[name], isObject(value) ? Object.values(value)[0] : value]];
  });
  return Object.fromEntries(entries);
}

/** The list that a level is a member of. @param parent the level around it */
export function listAround(parent: Level | undefined): readonly unknown[] | undefined {
  if (!parent) return undefined;
  const list =
    'object' in parent ? parent.object[parent.key] : 'member' in parent ? parent.member : undefined;
  return Array.isArray(list) ? list : undefined;
}

/** The rows of an answer to a query, each as a record, as Azure and CloudWatch have them; undefined for any other value. */
export function rowsIn(value: unknown): Record<string, unknown>[] | undefined {
  const row = attributesOf(value);
  if (row) return [row];
  if (!isObject(value)) return undefined;
  return allOf(value.results, attributesOf) ?? allOf(value.tables ?? value.Tables, rowsOf)?.flat();
}

/** What a list holds, when all of it is of a kind. */
function allOf<T>(list: unknown, read: (one: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const found = list.map(read);
  return found.includes(undefined) ? undefined : (found as T[]);
}

function rowsOf(table: unknown): Record<string, unknown>[] | undefined {
  if (!isObject(table)) return undefined;
  const [columns, rows] = [table.columns ?? table.Columns, table.rows ?? table.Rows];
  if (!Array.isArray(columns) || !Array.isArray(rows)) return undefined;
  const names = columns.map((one) =>
    isObject(one) ? String(one.name ?? one.Name ?? one.ColumnName) : String(one),
  );
  return rows.map((row) =>
    Object.fromEntries(names.map((name, at) => [name, Array.isArray(row) ? row[at] : undefined])),
  );
}
