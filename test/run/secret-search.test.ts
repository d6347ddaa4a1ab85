// What the search for secrets says, whatever becomes of it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Canary, type Searched } from '../../src/run/canary.ts';
import { secretsFound } from '../../src/run/secret-search.ts';

class FixedCanary extends Canary {
  readonly #found: Searched | Error;

  constructor(found: Searched | Error) {
    super(1024);
    this.#found = found;
  }

  override async search(): Promise<Searched> {
    if (this.#found instanceof Error) throw this.#found;
    return this.#found;
  }
}

suite('What the search for secrets says', () => {
  for (const [name, found, says] of [
    ['nothing when nothing was found', { leaks: [], unsearched: [] }, []],
    [
      'where a secret is',
      { leaks: ['a.json, byte 7: the client secret'], unsearched: [] },
      [/^SECRET_LEAKED[\s\S]*a\.json, byte 7/],
    ],
    [
      'what could not be read',
      { leaks: [], unsearched: ['b.json: EACCES'] },
      [/^SEARCH_INCOMPLETE[\s\S]*b\.json: EACCES/],
    ],
    ['both', { leaks: ['a'], unsearched: ['b'] }, [/^SECRET_LEAKED/, /^SEARCH_INCOMPLETE/]],
    ['that it failed, and why', new Error('out of memory'), [/^SEARCH_INCOMPLETE[\s\S]*out of memory/]],
  ] as const) {
    test(name, async () => {
      const messages = await secretsFound(new FixedCanary(found as Searched | Error));
      assert.equal(messages.length, says.length);
      for (const [index, expected] of says.entries()) assert.match(messages[index]!, expected);
    });
  }
});
