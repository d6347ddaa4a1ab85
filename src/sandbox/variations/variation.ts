// A conformant tenant that differs from the sandbox where the documents leave freedom: a run must find nothing wrong.
import type { RequirementId } from '../../protocol/catalogue.ts';
import type { Behaviour } from '../behaviour.ts';
import { type SandboxOptions, startSandbox } from '../server.ts';
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

/** @param options of the sandbox; its address is that of the front where there is one */
export async function startVariation(
  { behaviour, front: passOn, settings: own }: Pick<Variation, 'behaviour' | 'front' | 'settings'>,
  options: SandboxOptions = {},
): Promise<StartedVariation> {
  const { host, port, ...rest } = options;
  const behind = passOn ? rest : options;
  const sandbox = await startSandbox({ behaviour: behaviour?.() ?? {}, ...behind });
  const settings = { ...sandbox.settings, ...own };
  if (!passOn) return { settings, close: () => sandbox.close() };
  const address = { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
  const front = await startFront(sandbox.url, passOn, address).catch(async (error) => {
    await sandbox.close();
    throw error;
  });
  return {
    settings: { ...settings, TENANT_URL: front.url },
    close: async () => {
      await front.close();
      await sandbox.close();
    },
  };
}
