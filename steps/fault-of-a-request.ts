// What is wrong with a request, as far as it decides which requirement its refusal is about.
import { isMadeUnknown } from '../src/protocol/endpoints.ts';
import type { Fault } from '../src/protocol/refusals.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import { tokens } from '../src/tenant/tokens.ts';

export function faultOf({ to, token, botId, body }: TenantRequest): Fault {
  const worth = tokens[token ?? 'a valid token'].worth;
  if (worth !== 'valid') return { to, token: worth };
  if (isMadeUnknown(botId)) return { to, unknownBot: 'path' };
  return namesUnknownBot(body) ? { to, unknownBot: 'body' } : { to };
}

function namesUnknownBot(body: TenantRequest['body']): boolean {
  return typeof body === 'object' && 'botId' in body && isMadeUnknown(body.botId);
}
