// The exchanges of an evidence file as HAR 1.2, for the network panel of a browser and for every tool that reads one. What was
// redacted is redacted here: nothing is read but the evidence.
import manifest from '../../package.json' with { type: 'json' };
import type { EvidenceRecord } from '../evidence/journal.ts';

const unknown = -1;

/** A piece of JSON for each exchange: all of a long evidence would not fit into memory. */
export async function* harText(records: AsyncIterable<EvidenceRecord>): AsyncGenerator<string> {
  const { name, version } = manifest;
  yield `{"log":{"version":"1.2","creator":${JSON.stringify({ name, version })},"entries":[`;
  const pages = new Map<string, { id: string; startedAt: number }>();
  let separator = '\n';
  for await (const record of records) {
    const title = titleOf(record);
    const known = title === undefined ? undefined : pages.get(title);
    const page = known ?? { id: `scenario-${pages.size + 1}`, startedAt: record.startedAt };
    if (title !== undefined) pages.set(title, page);
    yield separator + JSON.stringify(harEntry(record, title === undefined ? undefined : page.id));
    separator = ',\n';
  }
  const list = [...pages].map(([title, { id, startedAt }]) => ({
    startedDateTime: instant(startedAt),
    id,
    title,
    pageTimings: {},
  }));
  yield `\n],"pages":${JSON.stringify(list)}}}\n`;
}

/** Viewers group the entries of a page: here those of a scenario. */
function titleOf({ scenario }: EvidenceRecord): string | undefined {
  return scenario && `${scenario.name} (${scenario.uri}:${scenario.line})`;
}

function harEntry(record: EvidenceRecord, pageref: string | undefined): object {
  const { request, startedAt, durationMs, attempts, purpose } = record;
  const notes = [purpose, attempts > 1 ? `sent ${attempts} times` : undefined].filter(Boolean);
  return {
    ...(pageref === undefined ? {} : { pageref }),
    startedDateTime: instant(startedAt),
    time: durationMs,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(request.headers),
      queryString: queryOf(request.url),
      ...(request.body === undefined
        ? {}
        : { postData: { mimeType: request.headers['content-type'] ?? '', text: request.body } }),
      headersSize: unknown,
      bodySize: Buffer.byteLength(request.body ?? ''),
    },
    response: harResponse(record),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(notes.length > 0 ? { comment: notes.join('; ') } : {}),
    // `npm run check` knows by it what was sent on purpose although it is not as documented.
    ...(purpose === undefined ? {} : { _purpose: purpose }),
    _resourceType: 'fetch',
  };
}

/** Without an answer the status is 0, as browsers have it. */
function harResponse({ answer, failure }: EvidenceRecord): object {
  const headers = answer?.headers ?? {};
  const body = answer?.body ?? '';
  return {
    status: answer?.status ?? 0,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    content: { size: Buffer.byteLength(body), mimeType: headers['content-type'] ?? 'x-unknown', text: body },
    redirectURL: headers.location ?? '',
    headersSize: unknown,
    bodySize: answer ? Buffer.byteLength(body) : unknown,
    ...(failure ? { _error: failure.message } : {}),
  };
}

function pairs(headers: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): { name: string; value: string }[] {
  if (!URL.canParse(url)) return [];
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

function instant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
