// Whether the outcome of a transfer would arrive, as far as this machine can see.
import { randomUUID } from 'node:crypto';
import { CallbackListenError } from '../tenant/callback-listener.ts';
import { missingForCallbacks } from '../tenant/callback-reach.ts';
import type { Exchange, FailureKind } from '../tenant/exchange.ts';
import { Transport } from '../tenant/transport.ts';
import { type Diagnosis, note, ok, toFix } from './diagnosis.ts';
import type { Examination } from './examination.ts';

export async function callbackListener(examination: Examination): Promise<Diagnosis> {
  try {
    const { url } = await examination.listener();
    return ok(`${url}${examination.settings.callback.port === 0 ? ' (any free port)' : ''}`);
  } catch (error) {
    if (!(error instanceof CallbackListenError)) throw error;
    const [found = '', ...todo] = error.problem.split('. ');
    return toFix(found, `${error.setting}: ${todo.join('. ')}`);
  }
}

export async function callbackUrl(examination: Examination): Promise<Diagnosis> {
  const { url, callback } = examination.settings;
  if (missingForCallbacks(url, callback.publicUrl).length > 0) {
    return note(
      'the tenant cannot reach this machine: outcomes of transfers are not waited for',
      'CALLBACK_PUBLIC_URL: how the tenant reaches CALLBACK_HOST:CALLBACK_PORT (a tunnel, a reverse proxy)',
    );
  }
  if (!callback.publicUrl) return ok('the tenant is on this machine, and reaches the listener directly');
  return reached(callback.publicUrl, examination);
}

/** Posts as the tenant would. A delivery at our own listener proves that the URL leads here. */
async function reached(publicUrl: string, examination: Examination): Promise<Diagnosis> {
  const listener = await examination.listener();
  const key = randomUUID();
  listener.expect(key);
  const exchange = await post(`${publicUrl}/callbacks/${key}`, examination);
  const arrived = listener.deliveries(`/callbacks/${key}`).length > 0;
  listener.forget(key);
  if (arrived) return ok(`${publicUrl} leads to the listener, from this machine at least`);
  return astray(exchange, publicUrl, examination);
}

async function post(url: string, { env, timeoutMs }: Examination): Promise<Exchange> {
  const local = missingForCallbacks(url, undefined).length === 0;
  const transport = await Transport.open({ url, requestTimeoutMs: timeoutMs, env: local ? {} : env });
  try {
    const headers = { 'content-type': 'application/json', 'user-agent': 'agent-ai-conformance' };
    return await transport.send({ method: 'POST', url, headers, body: '{}' });
  } finally {
    await transport.close();
  }
}

const uncertain = 'a run relies on it only if something reaches it from outside';

/** What it means that the URL could not be reached from this machine; the tenant may still reach it by another route. */
const meanings: Record<FailureKind, (text: string) => Diagnosis> = {
  DNS: () => toFix('its host is not a known name', 'CALLBACK_PUBLIC_URL: check the host name'),
  TLS: () =>
    toFix('its certificate is not valid', 'CALLBACK_PUBLIC_URL: a certificate that the tenant can check'),
  refused: () =>
    toFix(`refused; ${uncertain}`, 'CALLBACK_PUBLIC_URL: check host and port, and that its tunnel runs'),
  'time-out': () =>
    toFix(`timed out; ${uncertain}`, 'CALLBACK_PUBLIC_URL: check host and port, and the firewall'),
  reset: () =>
    toFix(`the connection was closed; ${uncertain}`, 'CALLBACK_PUBLIC_URL: check what answers there'),
  busy: (text) =>
    toFix(
      `a gateway or tunnel answers, but nothing behind it: ${text}`,
      'CALLBACK_PUBLIC_URL: check where it leads to',
    ),
  other: (text) => toFix(`${text}; ${uncertain}`, 'CALLBACK_PUBLIC_URL: check it from another network'),
};

function astray({ answer, failure }: Exchange, publicUrl: string, examination: Examination): Diagnosis {
  const diagnosis = failure
    ? meanings[failure.kind](answer ? `HTTP ${answer.status}` : failure.message.split(': ')[0]!)
    : toFix(
        `it leads elsewhere: HTTP ${answer?.status}`,
        'CALLBACK_PUBLIC_URL: have it lead to the listener',
      );
  const anyPort = examination.settings.callback.port === 0;
  const fixed = 'CALLBACK_PORT: set it to the port that CALLBACK_PUBLIC_URL leads to; now it is any free one';
  return {
    ...diagnosis,
    found: `${publicUrl}: ${diagnosis.found}`,
    todo: anyPort ? [fixed, ...diagnosis.todo] : diagnosis.todo,
  };
}
