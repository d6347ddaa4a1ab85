// `npm run --silent token`: prints a valid JWT for the curl lines of a report, and nothing else.
import './own-process.ts';
import { Command } from 'commander';
import { loadEnvironment } from '../run/environment.ts';
import { readSettings } from '../tenant/settings.ts';
import { Signer } from '../tenant/signer.ts';
import { answer } from './answer.ts';

await answer<{ tenant?: string }>(
  new Command('token')
    .description('Prints a valid token of the tenant, and nothing else, for the curl lines of a report.')
    .option('--tenant <name>', 'read .env.NAME, as npm test does'),
  ({ tenant }) => {
    if (tenant) process.env.TENANT_PROFILE = tenant;
    loadEnvironment();
    const settings = readSettings(process.env);
    const signer = new Signer(settings.clientId, process.env.TENANT_CLIENT_SECRET ?? '');
    const token = signer.token('a valid token')!;
    return { words: token, json: { token } };
  },
);
