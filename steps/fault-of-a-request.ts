// What is wrong with a request, as far as it decides which requirement its refusal is about.
import { unknownBotId } from '../src/protocol/endpoints.ts';
import type { Fault } from '../src/protocol/refusals.ts';
import { authorisingTokens, unfitTokens } from '../src/tenant/signer.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';

export function faultOf({ to, token, botId, body }: TenantRequest): Fault {
  if (token !== undefined && !authorisingTokens.includes(token)) {
    if (token === 'an expired token') return { to, token: 'expired' };
    return { to, token: unfitTokens.includes(token) ? 'unfit' : 'unverifiable' };
  }
  if (botId === unknownBotId) return { to, unknownBot: 'path' };
  return namesUnknownBot(body) ? { to, unknownBot: 'body' } : { to };
}

function namesUnknownBot(body: TenantRequest['body']): boolean {
  return typeof body === 'object' && 'botId' in body && body.botId === unknownBotId;
}
