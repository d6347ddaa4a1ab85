// Forms of a success: empty, the text OK, or JSON with STATUS OK.
import type { Answer } from '../../protocol/answers.ts';
import { jsonAnswer } from '../refusal.ts';
import type { Variation } from './variation.ts';

const seenBy = ['HOOKS-RESP-01', 'HOOKS-RESP-02', 'HOOKS-SEQ-13', 'HOOKS-AUTH-01'] as const;

function succeedsWith(name: string, description: string, answer: Answer): Variation {
  return { name, description, seenBy, behaviour: () => ({ hooksSuccess: () => answer }) };
}

const text = (body: string, contentType: string): Answer => ({
  status: 200,
  headers: { 'content-type': contentType },
  body,
});

export const successForms: readonly Variation[] = [
  succeedsWith('answers-with-an-empty-body', 'A success has no body and no content type.', {
    status: 200,
    headers: {},
    body: '',
  }),
  succeedsWith('answers-with-the-text-ok', 'A success is the text OK.', text('OK', 'text/plain')),
  succeedsWith(
    'answers-with-the-text-ok-and-a-line-break',
    'A success is the text OK with a line break after it.',
    text('OK\r\n', 'text/plain; charset=us-ascii'),
  ),
  succeedsWith(
    'answers-with-the-text-ok-as-html',
    'A success is the text OK with the content type text/html.',
    text('OK', 'text/html; charset=utf-8'),
  ),
  succeedsWith(
    'says-more-in-a-success',
    'A success has other members besides STATUS, one of them a message.',
    jsonAnswer(200, {
      requestId: 'r-1',
      STATUS: 'OK',
      message: 'Event received',
      took: { ms: 3 },
      warnings: [],
    }),
  ),
  succeedsWith(
    'writes-json-with-line-breaks',
    'A success is JSON on several lines, with a content type that ends in +json.',
    text('{\n  "STATUS" : "OK"\n}\n', 'application/vnd.platform.v1+json'),
  ),
  succeedsWith('sends-headers-of-its-own', 'A success has cookies and other headers of a platform.', {
    ...jsonAnswer(200, { STATUS: 'OK' }),
    headers: {
      'content-type': 'application/json',
      'set-cookie': 'lb=a1; Path=/; HttpOnly',
      'strict-transport-security': 'max-age=31536000',
      'x-request-id': '7f0c',
      'retry-after': '120',
    },
  }),
];
