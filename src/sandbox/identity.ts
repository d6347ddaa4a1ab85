// The identity of the sandbox: the one bot it serves, the client app that may call it, and the ids of its routing.
import { randomBytes, randomUUID } from 'node:crypto';

export interface SandboxIdentity {
  /** The stream ID, which is the botId in paths and bodies. */
  botId: string;
  clientId: string;
  clientSecret: string;
  accountId: string;
  orgId: string;
  agentId: string;
  queueId: string;
  botSessionId: string;
}

/**
 * Used by `npm run sandbox`. It is the same at every start, so that a .env made from it stays valid.
 * The secret is public: it protects nothing, and no real tenant may ever use it.
 */
export const demoIdentity: SandboxIdentity = {
  botId: 'st-5a4db0c5-0000-5000-8000-000000000001',
  clientId: 'cs-5a4db0c5-0000-5000-8000-000000000002',
  clientSecret: 'public-demo-secret-of-the-sandbox',
  accountId: '5a4db0c50000000000000003',
  orgId: 'o-5a4db0c5-0000-5000-8000-000000000004',
  agentId: 'a-5a4db0c5-0000-5000-8000-000000000005',
  queueId: 'qu-5a4db0c5-0000-5000-8000-000000000006',
  botSessionId: '5a4db0c50000000000000007',
};

/** Where `npm run sandbox` listens. */
export const defaultPort = 4010;

/** For the embedded sandbox: nothing from one run is valid in another. */
export function randomIdentity(): SandboxIdentity {
  return {
    botId: `st-${randomUUID()}`,
    clientId: `cs-${randomUUID()}`,
    clientSecret: randomBytes(32).toString('base64url'),
    accountId: randomBytes(12).toString('hex'),
    orgId: `o-${randomUUID()}`,
    agentId: `a-${randomUUID()}`,
    queueId: `qu-${randomUUID()}`,
    botSessionId: randomBytes(12).toString('hex'),
  };
}

/** The sandbox knows any language; these are the ones that the scenarios speak. */
const languages = 'en,en-GB,ar,de,es,fr,it,ja,pt-BR';

/** Environment settings that point the harness at a tenant with this identity. */
export function settingsOf(url: string, identity: SandboxIdentity): Record<string, string> {
  return {
    TENANT_URL: url,
    TENANT_BOT_ID: identity.botId,
    TENANT_CLIENT_ID: identity.clientId,
    TENANT_CLIENT_SECRET: identity.clientSecret,
    TENANT_ACCOUNT_ID: identity.accountId,
    TENANT_ORG_ID: identity.orgId,
    TENANT_AGENT_ID: identity.agentId,
    TENANT_QUEUE_ID: identity.queueId,
    TENANT_BOT_SESSION_ID: identity.botSessionId,
    TENANT_LANGUAGES: languages,
    TENANT_WRONG_ORDER: 'refused',
  };
}
