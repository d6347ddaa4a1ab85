// Which requests the recorder answers itself: its page, what the page asks for, and what it knows as JSON. None is recorded.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../../protocol/answers.ts';
import { decodedPart } from '../../protocol/endpoints.ts';
import { conversationsAnswer } from '../live/conversations.ts';
import type { LiveCheck } from '../live/live-check.ts';
import { detail } from './detail.ts';
import type { Feed } from './feed.ts';
import { livePage } from './live-page.ts';

export type OwnPage = { answer: () => Answer } | { stream: (response: ServerResponse) => void };

/** Undefined for a request that goes to the tenant. @param target path and query */
export function ownPage(
  { method = '', headers: { accept = '' } }: IncomingMessage,
  target: string,
  check: LiveCheck,
  feed: Feed,
): OwnPage | undefined {
  const [path = '', query = ''] = target.split('?', 2);
  const reads = method === 'GET' || method === 'HEAD';
  // An adapter that asks whether a tenant is there does not ask for a page.
  if (reads && path === '/' && accept.includes('text/html')) return { answer: () => htmlAnswer(livePage()) };
  if (method === 'GET' && path === '/conversations' && accept.includes('text/event-stream'))
    return { stream: (response) => feed.join(response) };
  const id = /^\/conversations\/([^/]+)$/.exec(path)?.[1];
  if (reads && id !== undefined && new URLSearchParams(query).get('as') === 'html')
    return { answer: () => htmlAnswer(detail(check.conversation(decodedPart(id) ?? ''))) };
  const answer = conversationsAnswer(method, target, check);
  return answer && { answer };
}

function htmlAnswer(body: string): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    },
    body,
  };
}
