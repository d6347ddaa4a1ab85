// (a) The minimum that sends the conversations: undici, one request after another over one connection.
import { Client } from 'undici';
import { bareLoop } from './bare-loop.ts';

const client = new Client(process.env.TENANT_URL!);
await bareLoop(async (url, headers, body) => {
  const response = await client.request({ path: new URL(url).pathname, method: 'POST', headers, body });
  return [response.statusCode, await response.body.text()];
});
await client.close();
