// A HAR whose bodies Playwright has kept in files beside it (content: 'attach').
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readLog } from '../../src/logs/read-log.ts';
import { all, fileOf, folder, inShort, requestsIn, skippedIn } from './logs.ts';

const url = 'https://tenant.example/agentassist/api/v1/hooks/st-1';
const body = { conversationId: 'c-1', botId: 'st-1', query: 'x' };

function harWith(_file: string): string {
  const request = { method: 'POST', url, headers: [], postData: { text: '', _file } };
  const entry = { startedDateTime: '2026-11-21T15:00:00Z', request, response: { status: 200 } };
  return fileOf(JSON.stringify({ log: { version: '1.2', entries: [entry] } }));
}

test('the bodies beside it are read', async () => {
  writeFileSync(path.join(folder, 'body-1.json'), JSON.stringify(body));
  const found = await all(readLog(harWith('body-1.json')));
  assert.deepEqual(inShort(found), ['1 request']);
  assert.deepEqual(requestsIn(found)[0]!.body, body);
});

test('one that is not there, or not beside it, is named with what to do', async () => {
  for (const name of ['gone.json', '../body-1.json', path.join(folder, 'body-1.json')]) {
    const [skipped] = skippedIn(await all(readLog(harWith(name))));
    assert.match(skipped!.reason, /in a file beside it \(".+"\) that cannot be read: .*content: 'embed'/);
  }
});

test('a HAR with members of its own before its entries', async () => {
  const entry = {
    startedDateTime: '2026-11-21T15:00:00Z',
    request: { method: 'POST', url, headers: [], postData: { text: JSON.stringify(body) } },
    response: { status: 200 },
  };
  const log = { options: { vus: 1 }, creator: { name: 'k6' }, entries: [entry] };
  assert.deepEqual(inShort(await all(readLog(fileOf(JSON.stringify({ log }))))), ['1 request']);
});

test('a trace of Playwright, whose bodies are in its folder resources', async () => {
  mkdirSync(path.join(folder, 'resources'));
  writeFileSync(path.join(folder, 'resources', 'abc.json'), JSON.stringify(body));
  const line = (_sha1: string) =>
    JSON.stringify({
      type: 'resource-snapshot',
      snapshot: {
        startedDateTime: '2026-11-21T15:00:00Z',
        request: {
          method: 'POST',
          url,
          headers: [],
          postData: { mimeType: 'application/json', text: '', _sha1 },
        },
        response: { status: 200 },
      },
    });
  const found = await all(
    readLog(fileOf(`${line('abc.json')}\n${line('../body-1.json')}\n{"type":"other"}\n`)),
  );
  const [first, second, third] = inShort(found);
  assert.deepEqual([first, third], ['1 request', 'other']);
  assert.match(second!, /cannot be read/);
  assert.deepEqual(requestsIn(found)[0]!.body, body);
});
