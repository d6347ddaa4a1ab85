// A conformant tenant that differs from the sandbox where the documents leave freedom: a run must find nothing wrong.
import type { RequirementId } from '../../protocol/catalogue.ts';
import type { Behaviour } from '../behaviour.ts';
import { startSandbox } from '../server.ts';
import { type PassOn, startFront } from './front.ts';

export interface Variation {
  /** Words with hyphens: answers-with-an-empty-body. */
  name: string;
  /** What the tenant does, in one sentence. */
  description: string;
  /** The requirements whose scenarios look at what differs; a sample of all others runs as well. */
  seenBy: readonly RequirementId[];
  /** The shoulds that it leaves undone, where the documents contradict each other or show an example only: each is a warning. */
  warned?: readonly RequirementId[];
  /** What replaces the behaviour of the sandbox; called for each sandbox. */
  behaviour?: () => Partial<Behaviour>;
  /** How its answers are sent. */
  front?: PassOn;
  /** What the profile of this tenant sets besides the defaults. */
  settings?: Readonly<Record<string, string>>;
}

export interface StartedVariation {
  /** Environment settings that point the harness at it. */
  settings: Record<string, string>;
  close(): Promise<void>;
}

export async function startVariation(variation: Variation): Promise<StartedVariation> {
  const sandbox = await startSandbox({ behaviour: variation.behaviour?.() ?? {} });
  const settings = { ...sandbox.settings, ...variation.settings };
  if (!variation.front) return { settings, close: () => sandbox.close() };
  const front = await startFront(sandbox.url, variation.front);
  return {
    settings: { ...settings, TENANT_URL: front.url },
    close: async () => {
      await front.close();
      await sandbox.close();
    },
  };
}
