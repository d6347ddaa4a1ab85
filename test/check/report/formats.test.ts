// What holds for every format of a report alike.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Format, formats } from '../../../src/check/report/formats.ts';
import { command, commands } from '../../text/ci-commands.ts';
import { hostile, written } from '../fixtures.ts';

for (const format of Object.keys(formats) as Format[]) {
  test(`a log gives a CI nothing to obey: ${format}`, async () => {
    const { whole, found, changes } = hostile(commands);
    const report = await written(format, whole, found, changes);
    assert.match(report, /task\.setvariable/, 'it is quoted');
    assert.doesNotMatch(report, command);
  });
}
