// What carries a token: the header where it belongs, or, for some of those that authorise nothing, another place where a tenant, or
// a gateway in front of it, may look for one.
import type { TokenKind } from './tokens.ts';

type Carried = { headers?: Record<string, string>; query?: Record<string, string> };

/** @param header where it belongs. The documents know two of them. */
type Carrier = (value: string, header: 'token' | 'auth') => Carried;

const elsewhere: Partial<Record<TokenKind, Carrier>> = {
  'a token signed with another secret in the other documented header': (value, header) => {
    return { headers: { [header === 'token' ? 'auth' : 'token']: value } };
  },
  'a token signed with another secret in the header Authorization': (value) => {
    return { headers: { authorization: `Bearer ${value}` } };
  },
  'a token signed with another secret in a cookie': (value, header) => {
    return { headers: { cookie: `${header}=${value}` } };
  },
  'a token signed with another secret in the query': (value, header) => ({ query: { [header]: value } }),
  'another secret as a password': (value) => ({ headers: { authorization: `Basic ${value}` } }),
};

/** Whether there is nothing where a token belongs, but something in another place. */
export function isElsewhere(kind: string): boolean {
  return kind in elsewhere;
}

/** @param value undefined for no token at all */
export function carried(kind: TokenKind, value: string | undefined, header: 'token' | 'auth'): Carried {
  if (value === undefined) return {};
  return elsewhere[kind]?.(value, header) ?? { headers: { [header]: value } };
}
