// One request before the run: a tenant that cannot be reached is reported once, not once per scenario.
import { CodedError } from '../errors/coded-error.ts';
import { isHtml } from '../protocol/observations.ts';
import type { Env } from '../system/env.ts';
import type { Exchange } from '../tenant/exchange.ts';
import { oneLine } from '../text/one-line.ts';
import { openSession } from './session.ts';

/**
 * Sends an empty object, which begins no conversation.
 * @throws CodedError when no tenant answers at TENANT_URL
 */
export async function preflight(env: Env): Promise<void> {
  const session = await openSession(env);
  try {
    const exchange = await session.tenant.send({ to: 'hooks', body: {} });
    const problem = unreachable(exchange);
    if (problem)
      throw new CodedError('TENANT_UNREACHABLE', session.redact(`${exchange.request.url}\n  ${problem}`));
  } finally {
    await session.close();
  }
}

function unreachable({ failure, answer }: Exchange): string | undefined {
  if (failure) return failure.message;
  if (!answer || !isHtml(answer)) return undefined;
  // An error page may be how a tenant refuses the empty object; a page with any of these is not an API.
  if (answer.status >= 400 && answer.status !== 404) return undefined;
  const title = oneLine(/<title>([^<]{0,80})/i.exec(answer.body)?.[1] ?? '');
  return (
    `it answers ${answer.status} with an HTML page${title ? ` ("${title}")` : ''}, not as an API: ` +
    'check TENANT_URL (the platform, without a path) and TENANT_HOOKS_PATH'
  );
}
