import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbackText, requestText } from '../../src/sandbox/terminal.ts';

const time = new Date('2026-11-21T10:11:12.345Z');

test('a request: time, status, events, conversation', () => {
  const line = {
    time,
    method: 'POST',
    path: '/hooks',
    status: 200,
    events: ['message'],
    conversationId: 'c-1',
  };
  assert.equal(requestText(line), '10:11:12.345  200  message  c-1');
  const { conversationId: _, ...other } = { ...line, events: [], method: 'GET' };
  assert.equal(requestText(other), '10:11:12.345  200  GET /hooks');
});

test('a callback: the status of its answer, or why there is none', () => {
  const origin = 'http://127.0.0.1:4010';
  assert.match(callbackText({ time, origin, status: 204 }), /^10:11:12\.345 {2}204 {2}callback to http:/);
  assert.match(callbackText({ time, origin, failure: 'ECONNREFUSED' }), /ECONNREFUSED {2}callback to/);
});

test('what was received cannot control the terminal', () => {
  const line = {
    time,
    method: 'POST',
    path: '/',
    status: 200,
    events: ['\u001b[2J'],
    conversationId: 'c\u202e',
  };
  const text = requestText(line);
  for (const control of ['\u001b', '\u202e']) assert.equal(text.includes(control), false);
});
