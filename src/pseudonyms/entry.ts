// An entry of a log without personal data: what is reported of it then has none.
import type { LogEntry, SentRecord } from '../logs/log-entry.ts';
import { headersWithout } from './headers.ts';
import { lengthOf, type Pseudonyms } from './pseudonyms.ts';
import { requestShape } from './shape.ts';
import { urlWithout } from './url.ts';
import { pseudonymised } from './value.ts';

/** @param paths of the tenant's settings, which may be shown */
export function entryWithout(entry: LogEntry, paths: readonly string[], pseudonyms: Pseudonyms): LogEntry {
  if (entry.kind === 'request')
    return { kind: 'request', record: recordWithout(entry.record, paths, pseudonyms) };
  if (entry.kind === 'other' || entry.skipped.conversationId === undefined) return entry;
  const { skipped } = entry;
  return {
    kind: 'skipped',
    skipped: { ...skipped, conversationId: pseudonyms.of(skipped.conversationId!) },
  };
}

function recordWithout(record: SentRecord, paths: readonly string[], pseudonyms: Pseudonyms): SentRecord {
  const { exact: _, method, url, headers, body, refusal, ...rest } = record;
  return {
    ...rest,
    ...(method === undefined ? {} : { method: methods.test(method) ? method : pseudonyms.of(method) }),
    ...(url === undefined ? {} : { url: urlWithout(url, body, paths, pseudonyms) }),
    ...(headers === undefined ? {} : { headers: headersWithout(headers, pseudonyms) }),
    ...(refusal === undefined ? {} : { refusal: lengthOf(refusal) }),
    body: body === undefined ? undefined : pseudonymised(body, requestShape, pseudonyms),
  };
}

const methods = /^(?:POST|PUT|PATCH|GET|DELETE|TRACE|CONNECT)$/;
