// What can be checked without the network.
import { readProfileFiles } from '../run/profile-files.ts';
import { clientCertificate } from '../tenant/client-certificate.ts';
import { missingRouting, type SettingsProblem } from '../tenant/settings.ts';
import { type Diagnosis, note, ok, toFix } from './diagnosis.ts';
import type { Examination } from './examination.ts';

export function settings(examination: Examination): Diagnosis[] {
  const found = [
    ...examination.problems.map(ofProblem),
    ...proxySetting(examination),
    ...certificate(examination),
  ];
  if (found.length > 0) return found;
  return [ok(examination.embedded ? 'none that names a tenant, and none is wrong' : 'complete')];
}

function ofProblem({ setting, text, expected, example }: SettingsProblem): Diagnosis {
  // The example of the secret is a sentence, not a sample.
  const like = example && setting !== 'TENANT_CLIENT_SECRET' ? `, like ${example}` : '';
  return { ...toFix(`${setting} ${text}`, `${setting}: ${expected}${like}`), setting };
}

function certificate({ env }: Examination): Diagnosis[] {
  try {
    clientCertificate(env);
    return [];
  } catch (error) {
    const [headline = '', ...lines] = (error as Error).message.split('\n');
    return [toFix(headline, ...lines.map((line) => line.trim()))];
  }
}

function proxySetting(examination: Examination): Diagnosis[] {
  if (examination.problems.some(({ setting }) => setting === 'TENANT_URL')) return [];
  try {
    void examination.proxy;
    return [];
  } catch {
    const setting = examination.proxySetting;
    const todo = `${setting}: an address like http://proxy.example.com:3128, or leave it out`;
    return [{ ...toFix(`${setting} is not the URL of a proxy`, todo), setting }];
  }
}

/** A run does not begin with one that cannot be used. */
export function tenantFiles({ env }: Examination): Diagnosis {
  try {
    const { deviations, observed } = readProfileFiles(env);
    return ok(`known deviations: ${deviations.length}, observed answers: ${observed.length}`);
  } catch (error) {
    const [headline = '', ...lines] = (error as Error).message.split('\n');
    return toFix(headline, ...lines.map((line) => line.trim()));
  }
}

export function routing(examination: Examination): Diagnosis {
  const missing = missingRouting(examination.settings);
  if (missing.length === 0) return ok('complete');
  return note(
    'not complete: the scenarios of assign-conversation are not applicable',
    `set ${missing.join(', ')} to have them tested`,
  );
}
