// `npm run doctor`: what would keep a run from working, in the order in which to fix it.

import './own-process.ts';
import { Command } from 'commander';
import { Examination } from '../doctor/examination.ts';
import { examine, exitCodeOf } from '../doctor/examine.ts';
import { conclusion, linesOf } from '../doctor/lines.ts';
import { loadEnvironment } from '../run/environment.ts';
import { onlyOne } from '../run/options.ts';
import { oneLine } from '../text/one-line.ts';
import { type Answer, answer, type Say } from './answer.ts';

/** Longer than any address; an answer of a tenant can have any length. */
const maxLength = 300;

const command = new Command('doctor')
  .description(
    'Checks settings, network, token, bot and callbacks, and says what to do. Exit code 0: ready; 2: correct the settings or files; 3: correct something else.',
  )
  .option('--tenant <name>', 'read .env.NAME, as npm test does', (name: string, before?: string) =>
    onlyOne('--tenant', before, name),
  );

await answer<{ tenant?: string }>(command, ({ tenant }, _, say) => doctor(tenant, say));
// A pending name resolution would keep the process alive.
setTimeout(() => process.exit(), 100).unref();

async function doctor(profile: string | undefined, say: Say): Promise<Answer> {
  const { env } = process;
  const caAtStart = env.NODE_EXTRA_CA_CERTS;
  if (profile !== undefined) env.TENANT_PROFILE = profile;
  loadEnvironment();
  const examination = await Examination.begin(env, caAtStart);
  const redacted = (text: string) => oneLine(examination.redact(text), maxLength);
  try {
    const tenant = redacted(tenantText(examination));
    say(`${tenant}\n`);
    const results = await examine(examination, (result) => say(linesOf(result, redacted)));
    const words = conclusion(results, env.TENANT_PROFILE, redacted);
    say(`\n${words}`);
    const checks = results.map(({ check, mark, found, todo }) => {
      return { check, mark, found: redacted(found), todo: todo.map(redacted) };
    });
    const exitCode = exitCodeOf(results);
    return { json: { ready: exitCode === 0, tenant, checks, words }, exitCode };
  } finally {
    await examination.close();
  }
}

function tenantText({ embedded, env, problems }: Examination): string {
  if (embedded) return `The embedded sandbox at ${env.TENANT_URL} (TENANT_URL is not set)`;
  const isUrlWrong = problems.some(({ setting }) => setting === 'TENANT_URL');
  const profile = env.TENANT_PROFILE ? ` (.env.${env.TENANT_PROFILE})` : '';
  return `${isUrlWrong ? 'A tenant whose TENANT_URL cannot be used' : `The tenant at ${env.TENANT_URL}`}${profile}`;
}
