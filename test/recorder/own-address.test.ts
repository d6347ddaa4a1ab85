// A recorder passes nothing on to itself.
import assert from 'node:assert/strict';
import { hostname, networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { leadsBack } from '../../src/recorder/own-address.ts';

const [own = '127.0.0.1'] = Object.values(networkInterfaces()).flatMap(
  (all) => all?.filter(({ family }) => family === 'IPv4').map(({ address }) => address) ?? [],
);

const rows: [forward: string, host: string, port: number, back: boolean][] = [
  ['http://127.0.0.1:4010', '127.0.0.1', 4010, true],
  ['http://localhost:4010/hooks', '127.0.0.1', 4010, true],
  ['http://0.0.0.0:4010', '127.0.0.1', 4010, true],
  ['http://[::ffff:127.0.0.1]:4010', '127.0.0.1', 4010, true],
  ['http://127.0.0.1', '0.0.0.0', 80, true],
  [`http://${own}:4010`, '0.0.0.0', 4010, true],
  ['http://127.0.0.1:4011', '127.0.0.1', 4010, false],
  ['http://192.0.2.7:4010', '0.0.0.0', 4010, false],
  ['http://tenant.invalid:4010', '127.0.0.1', 4010, false],
  ['https://127.0.0.1:4010', '127.0.0.1', 4010, false],
  [`http://${hostname()}:4011`, '0.0.0.0', 0, false],
];

for (const [forward, host, port, back] of rows) {
  test(`${forward}, for a recorder at ${host}:${port}`, async () => {
    assert.equal(await leadsBack(forward, { host, port }), back);
  });
}
