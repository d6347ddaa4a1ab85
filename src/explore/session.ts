// How an exploration reaches its tenant: the way of a run. The embedded sandbox when none is configured; the set-up is judged first.
import { randomBytes } from 'node:crypto';
import { formsOf } from '../evidence/redaction.ts';
import { startEmbedded } from '../run/embedded-sandbox.ts';
import { checkSettings } from '../run/environment.ts';
import { gate } from '../run/gate.ts';
import { readProfileFiles } from '../run/profile-files.ts';
import { openSender } from '../run/sender.ts';
import type { Env } from '../system/env.ts';
import { readSettings, type Settings } from '../tenant/settings.ts';
import { Signer } from '../tenant/signer.ts';
import { Tenant } from '../tenant/tenant.ts';
import type { KnownDeviation } from '../verdict/deviations.ts';
import type { Reached } from './explore.ts';

export interface ExploreSession {
  reached: Reached;
  settings: Settings;
  deviations: readonly KnownDeviation[];
  redact(text: string): string;
  close(): Promise<void>;
}

/**
 * @param env completed by the settings of the embedded sandbox when it is used
 * @throws SettingsError, CodedError as a run does
 */
export async function openExploreSession(env: Env, say: (text: string) => void): Promise<ExploreSession> {
  checkSettings();
  const sandbox = await startEmbedded(env);
  try {
    const settings = readSettings(env);
    const { deviations } = readProfileFiles(env);
    await gate(env, say);
    const signer = new Signer(settings.clientId, env.TENANT_CLIENT_SECRET ?? '');
    const sender = await openSender(settings, env);
    const tenant = new Tenant(settings, signer, sender);
    const { botId, dialect, conversationPrefix, ownPaths } = settings;
    const name = randomBytes(3).toString('hex');
    const redact = (text: string) => signer.redact(text);
    let conversations = 0;
    return {
      settings,
      deviations,
      redact,
      reached: {
        dialect,
        ownPaths: ownPaths.end !== undefined || ownPaths.redial !== undefined,
        // What is judged is quoted, cut: redaction would not recognise a part of a secret.
        send: async (body) => formsOf(await tenant.send({ to: 'hooks', body }), redact).judged,
        newEnvelope(ending) {
          conversations += 1;
          const conversationId = `${[conversationPrefix, name, 'explore', conversations].join('-')}${ending}`;
          return { conversationId, botId };
        },
      },
      async close() {
        await sender.close();
        await sandbox?.close();
      },
    };
  } catch (error) {
    await sandbox?.close();
    throw error;
  }
}
