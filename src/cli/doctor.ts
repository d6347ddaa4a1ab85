// `npm run doctor`: why a run would not work, before it is tried; in the order in which a person would fix it.
import { Command } from 'commander';
import { Examination } from '../doctor/examination.ts';
import { examine, exitCodeOf } from '../doctor/examine.ts';
import { conclusion, linesOf } from '../doctor/lines.ts';
import { loadEnvironment } from '../run/environment.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { oneLine } from '../text/one-line.ts';

/** Longer than any address; an answer of a tenant has no end. */
const maxLength = 300;

const command = new Command('doctor')
  .description('Checks settings, network, token, bot and callbacks, and says what to do. Exit code 0: ready.')
  .option('--tenant <name>', 'reads .env.NAME, as npm test does')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

try {
  process.exitCode = await doctor(command.parse().opts<{ tenant?: string }>().tenant);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = usedWrongly;
}
// A name that is still being looked up would keep the process alive.
setTimeout(() => process.exit(), 100).unref();

async function doctor(profile: string | undefined): Promise<number> {
  const { env } = process;
  const caAtStart = env.NODE_EXTRA_CA_CERTS;
  if (profile !== undefined) env.TENANT_PROFILE = profile;
  loadEnvironment();
  const examination = await Examination.begin(env, caAtStart);
  const clean = (text: string) => oneLine(examination.redact(text), maxLength);
  try {
    console.log(`${clean(tenantInWords(examination))}\n`);
    const results = await examine(examination, (result) => console.log(linesOf(result, clean)));
    console.log(`\n${conclusion(results, env.TENANT_PROFILE, clean)}`);
    return exitCodeOf(results);
  } finally {
    await examination.close();
  }
}

function tenantInWords({ embedded, env, problems }: Examination): string {
  if (embedded) return `The embedded sandbox at ${env.TENANT_URL} (TENANT_URL is not set)`;
  const wrong = problems.some(({ setting }) => setting === 'TENANT_URL');
  const profile = env.TENANT_PROFILE ? ` (.env.${env.TENANT_PROFILE})` : '';
  return `${wrong ? 'No tenant that could be looked at' : `The tenant at ${env.TENANT_URL}`}${profile}`;
}
