// `npm run --silent token`: prints a valid JWT for the curl lines of a report, and nothing else.
import './own-process.ts';
import { Command } from 'commander';
import { inWords } from '../errors/in-words.ts';
import { loadEnvironment } from '../run/environment.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { readSettings } from '../tenant/settings.ts';
import { Signer } from '../tenant/signer.ts';
import { harmless } from '../text/terminal.ts';

const command = new Command('token')
  .description('Prints a valid token of the tenant, and nothing else, for the curl lines of a report.')
  .option('--tenant <name>', 'read .env.NAME, as npm test does')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

try {
  const { tenant } = command.parse().opts<{ tenant?: string }>();
  if (tenant) process.env.TENANT_PROFILE = tenant;
  loadEnvironment();
  const settings = readSettings(process.env);
  const signer = new Signer(settings.clientId, process.env.TENANT_CLIENT_SECRET ?? '');
  process.stdout.write(`${signer.token('a valid token')}\n`);
} catch (error) {
  console.error(harmless(inWords(error)));
  process.exitCode = usedWrongly;
}
