// A table of names, each of which has to be known.
import type { DataTable } from '@cucumber/cucumber';

/** The rows of a table with one column. @throws Error when a row has a name that is not known */
export function namedRows<Name extends string>(
  table: DataTable,
  known: Record<Name, unknown>,
  what: string,
): Name[] {
  const names = table.rows().map(([name = '']) => name);
  const unknown = names.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0)
    throw new Error(`Not a ${what}: ${unknown.join(', ')}. Known are: ${Object.keys(known).join(', ')}`);
  return names as Name[];
}
