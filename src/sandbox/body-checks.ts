// What both routes require of a body before they look at its content.
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../protocol/answers.ts';
import { shown } from '../text/shown-value.ts';
import { refusal } from './refusal.ts';
import { type Body, maxBodyBytes } from './request-body.ts';

export function contentTypeRefusal(headers: IncomingHttpHeaders): Answer | undefined {
  if (isJsonContentType(headers['content-type'])) return undefined;
  return refusal(415, 'The content type must be application/json (HOOKS-HDR-01, ASSIGN-REQ-01)');
}

// Stryker disable all: limits and words of the sandbox; no document has them, and what is not JSON is refused as a payload too
export function sizeRefusal(body: Body): Answer | undefined {
  return body.kind === 'too large' ? refusal(413, `The body has more than ${maxBodyBytes} bytes`) : undefined;
}

export function notJsonRefusal(body: Body): Answer | undefined {
  if (body.kind === 'JSON') return undefined;
  if (body.kind === 'unknown coding') {
    return refusal(415, `The Content-Encoding ${shown(body.coding)} is not known: send gzip, or no coding`);
  }
  const because = body.kind === 'not JSON' ? body.because : 'it is empty';
  return refusal(400, `The body is not the expected JSON: ${because}`);
}

// Stryker restore all

/** The value of a body that is JSON; undefined for any other. */
export function jsonOf(body: Body): unknown {
  return 'value' in body ? body.value : undefined;
}

/** IT, Header Parameters: the media type is application/json; it may have parameters such as a charset. */
function isJsonContentType(contentType: string | undefined): boolean {
  // Stryker disable next-line MethodExpression,OptionalChaining: no document shows a media type in capitals, and each request has one
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}
