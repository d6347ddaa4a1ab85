// The way to the tenant that the scenarios of one thread have: a transport of their own in the main thread, that of the main
// thread in a worker. Playwright is loaded only where it is used.
import type { Env } from '../system/env.ts';
import type { Sender } from '../tenant/exchange.ts';
import type { Settings } from '../tenant/settings.ts';
import { SharedTransport, shareTransport } from '../tenant/shared-transport.ts';
import { Throttle } from '../tenant/throttle.ts';
import { WaitingBudget } from '../tenant/waiting-budget.ts';

export interface OpenSender extends Sender {
  close(): Promise<void>;
}

export function openSender(settings: Settings, env: Env): Promise<OpenSender> {
  return env.CUCUMBER_WORKER_ID === undefined
    ? ownTransport(settings, env)
    : SharedTransport.open(env.CONFORMANCE_RUN ?? '');
}

/** In the main thread, before there are workers. */
export function shareWithWorkers(settings: Settings, env: Env): { close(): Promise<void> } {
  return shareTransport(env.CONFORMANCE_RUN ?? '', () => ownTransport(settings, env));
}

async function ownTransport(settings: Settings, env: Env): Promise<OpenSender> {
  const { Transport } = await import('../tenant/transport.ts');
  const throttle = new Throttle(settings.maxRequestsPerMinute);
  const transport = await Transport.open({
    url: settings.url,
    requestTimeoutMs: settings.requestTimeoutMs,
    ready: () => throttle.ready(),
    budget: new WaitingBudget(settings.maxRetryWaitMs),
    // The embedded sandbox is on this machine: a company's proxy could not reach it.
    env: env.CONFORMANCE_EMBEDDED === 'true' ? {} : env,
  });
  return {
    send: (wire) => transport.send(wire),
    async close() {
      throttle.close();
      await transport.close();
    },
  };
}
