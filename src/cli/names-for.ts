// The names that the value of an option can be, where they are data: profiles, tags, requirements, faults.
import { profilesIn } from '../tenant/env-files.ts';

export interface Choice {
  value: string;
  means: string;
}

/** Loads only what the option is about: somebody waits for it. */
const names: Readonly<Record<string, () => Promise<Choice[]>>> = {
  '--tenant': async () =>
    profilesIn(process.cwd())
      .filter((name) => /^[\w.-]+$/.test(name))
      .map((value) => ({ value, means: `.env.${value}` })),
  '--tags': async () => [
    { value: '@smoke', means: 'each requirement once' },
    ...(await requirementNames('')).map(({ value, means }) => ({ value: `@${value}`, means })),
  ],
  '--only': () => requirementNames('sender'),
  '--fault': async () => described((await import('../sandbox/faults/catalogue.ts')).faults),
  '--variation': async () => described((await import('../sandbox/variations/catalogue.ts')).variations),
};

export async function namesFor(option: string): Promise<Choice[]> {
  return Object.hasOwn(names, option) ? names[option]!() : [];
}

async function requirementNames(who: 'sender' | ''): Promise<Choice[]> {
  const { catalogue, senderRequirements } = await import('../protocol/catalogue.ts');
  return (who === '' ? catalogue : senderRequirements).map(({ id, title }) => ({
    value: id,
    means: title,
  }));
}

function described(all: readonly { name: string; description: string }[]): Choice[] {
  return all.map(({ name, description }) => ({ value: name, means: description }));
}
