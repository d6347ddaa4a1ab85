// What a worker needs to talk to the tenant, opened once and shared by all of its scenarios.

import { Journal } from '../evidence/journal.ts';
import type { Env } from '../system/env.ts';
import { CallbackInbox } from '../tenant/callback-inbox.ts';
import { readSettings, type Settings } from '../tenant/settings.ts';
import { Signer } from '../tenant/signer.ts';
import { Tenant } from '../tenant/tenant.ts';
import type { JudgingContext } from '../verdict/scenario-record.ts';
import { SilentKinds } from '../verdict/silent-kinds.ts';
import { openSender } from './sender.ts';
import { sharedKnowledge } from './tenant-knowledge.ts';
import { seedOf } from './values-seed.ts';

/** What a worker has learnt of the values that the tenant takes. */
export interface ValueMemory {
  /** Those that it has refused, in any scenario: each is reported once. */
  readonly refused: Set<string>;
  /** How often a conversation was repeated with plain values, and that was refused as well. */
  fruitless: number;
  /** How often special values were refused and plain ones accepted, and no value was to blame when that was repeated. */
  unconfirmed: number;
}

export interface Session {
  settings: Settings;
  tenant: Tenant;
  /** Takes secrets out of a text. */
  redact: (text: string) => string;
  /** --deep: scenarios send all defects that they know, not a selection. */
  deep: boolean;
  /** What each scenario is judged by. */
  judging: JudgingContext;
  journal: Journal;
  inbox: CallbackInbox;
  /** Kinds of request that the tenant does not answer. */
  silent: SilentKinds;
  /** Whether the tenant has accepted a transfer of the bot session: it may not let that be transferred again. */
  hasTransferred: boolean;
  /** What names, ids and texts are chosen by; null: plain ones. */
  values: ValueMemory & { seed: number | null };
  /** A conversationId that no other conversation of any run has. @param about a word that an operator can search for */
  conversationId(about: string): string;
  close(): Promise<void>;
}

/**
 * @throws SettingsError when the environment is not complete
 */
export async function openSession(env: Env): Promise<Session> {
  const settings = readSettings(env);
  const signer = new Signer(settings.clientId, env.TENANT_CLIENT_SECRET ?? '');
  const sender = await openSender(settings, env);
  const journal = new Journal(settings.reportsDir);
  const inbox = new CallbackInbox();
  const run = env.CONFORMANCE_RUN ?? 'run';
  const worker = env.CUCUMBER_WORKER_ID ?? '0';
  const redact = (text: string) => signer.redact(text);
  let conversations = 0;
  return {
    settings,
    tenant: new Tenant(settings, signer, sender),
    redact,
    deep: env.CONFORMANCE_DEEP === 'true',
    values: { seed: seedOf(env), refused: new Set(), fruitless: 0, unconfirmed: 0 },
    judging: {
      failOn: settings.failOn,
      redact,
      ...sharedKnowledge(),
      ...(env.CONFORMANCE_REQUIREMENTS_OF ? { requirements: env.CONFORMANCE_REQUIREMENTS_OF } : {}),
    },
    journal,
    inbox,
    hasTransferred: false,
    silent: new SilentKinds(),
    conversationId(about) {
      conversations += 1;
      return [settings.conversationPrefix, run, about, worker, conversations].join('-');
    },
    async close() {
      inbox.close();
      await Promise.all([sender.close(), journal.close()]);
    },
  };
}
