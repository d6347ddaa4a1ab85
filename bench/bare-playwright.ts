// (b) The same over Playwright's APIRequestContext, with which the harness sends.
import { request } from 'playwright';
import { bareLoop } from './bare-loop.ts';

const context = await request.newContext();
await bareLoop(async (url, headers, body) => {
  const response = await context.fetch(url, {
    method: 'POST',
    headers,
    data: Buffer.from(body),
    maxRedirects: 0,
  });
  return [response.status(), await response.text()];
});
await context.dispose();
