// By what the requests of a scenario are counted.
import type { Pickle } from '@cucumber/messages';

/** Its file and its name. */
export function scenarioKey({ uri, name }: Pick<Pickle, 'uri' | 'name'>): string {
  return `${uri.replaceAll('\\', '/')} ${name}`;
}
