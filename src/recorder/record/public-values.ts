// Values of a cookie or a header that are not secret, since the protocol itself carries them: a cookie may name the
// conversation. Taken out wherever they occur, they would destroy what the check judges.
import { hooksPaths } from '../../protocol/endpoints.ts';
import type { WireRequest } from '../../tenant/exchange.ts';

const paths = new Set(Object.values(hooksPaths).flatMap((path) => path.split('/')));
const idsAndKinds =
  'conversationId|botId|botSessionId|agentId|orgId|identity|queueId|name|type|source|transfertype|transition|experience|language|locale|reason';
const longest = 200;

/** Whether the path of a request, an id or a kind in its body, or the name of a member says this value. */
export function isOfProtocol(value: string, { url, body = '' }: WireRequest): boolean {
  if (value.length > longest || !/^[\w.:-]+$/.test(value)) return false;
  if (paths.has(value) || url.split(/[?#]/)[0]!.endsWith(`/${value}`)) return true;
  if (!body.includes(`"${value}"`)) return false;
  const literal = value.replaceAll('.', '\\.');
  const said = new RegExp(`"(?:${idsAndKinds})"\\s*:\\s*"${literal}"`);
  return said.test(body) || (/^[a-z]+$/i.test(value) && new RegExp(`"${value}"\\s*:`).test(body));
}
