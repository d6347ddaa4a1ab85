// `npm run --silent token`: a valid JWT for the curl lines of a report, and nothing else, on standard output.
import { parseArgs } from 'node:util';
import { loadEnvironment } from '../run/environment.ts';
import { readSettings } from '../tenant/settings.ts';
import { Signer } from '../tenant/signer.ts';

try {
  const { values } = parseArgs({ options: { tenant: { type: 'string' } } });
  if (values.tenant) process.env.TENANT_PROFILE = values.tenant;
  loadEnvironment();
  const settings = readSettings(process.env);
  const signer = new Signer(settings.clientId, process.env.TENANT_CLIENT_SECRET ?? '');
  process.stdout.write(`${signer.token('a valid token')}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
