// The tokens of the suite, good and bad: what each one is good for, and how it is made. Only the signer makes them, since it
// alone knows the secret. Sources of the bad ones: RFC 7515 (JWS), RFC 7519 (JWT) and RFC 8725 (their best practices).
import { createHmac, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';

/**
 * What a token is good for:
 * - valid: it authorises a request;
 * - unverifiable: there is none, or its signature does not verify;
 * - untimely: its signature verifies, but its time is over, or yet to come, by the clock of this machine;
 * - unfit: its signature verifies, but it is not for this app, or not quite a JWT.
 */
export type TokenWorth = 'valid' | 'unverifiable' | 'untimely' | 'unfit';

/** What a token is made of. */
interface Material {
  clientId: string;
  secret: string;
  /** Seconds since the epoch. */
  now: number;
  /** The valid token that other requests carry. */
  valid: string;
}

interface Token {
  worth: TokenWorth;
  /** undefined for no header at all. */
  make: (material: Material) => string | undefined;
}

/**
 * How long ago an expired token has expired, and how long from now another one becomes valid, by the clock of this machine: more
 * than the few minutes of leeway that RFC 7519 (4.1.4, 4.1.5) allows.
 */
export const untimelyByMs = 900_000;

/** How long a token is valid that does not say otherwise. */
export const lifetimeSeconds = 3600;

const monthSeconds = 30 * 86_400;
const yearSeconds = 365 * 86_400;

const hs256 = { alg: 'HS256', typ: 'JWT' };

const encoded = (text: string) => Buffer.from(text).toString('base64url');
const part = (value: object) => encoded(JSON.stringify(value));

function signed(claims: object, key: string, header: object = {}): string {
  return jwt.sign(claims, key, { noTimestamp: !('iat' in claims), header: { ...hs256, ...header } });
}

/** For what jsonwebtoken refuses to make. */
function signedByHand(header: string, claims: string, key: string): string {
  const content = `${encoded(header)}.${encoded(claims)}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

/** What a valid token claims. IT, Sending Transfer Events: appId is the client id; the rest is good practice. */
function usual({ clientId, now }: Omit<Material, 'valid'>) {
  return { appId: clientId, iat: now, exp: now + lifetimeSeconds };
}

/** IT, Sending Transfer Events: HS256 with appId = client id, signed with the client secret. */
export function validToken(material: Omit<Material, 'valid'>): string {
  return signed(usual(material), material.secret);
}

function partsOf({ valid }: Material): [header: string, claims: string, signature: string] {
  return valid.split('.') as [string, string, string];
}

/** A token with the algorithm none, in this spelling, and without a signature. */
const unsigned = (alg: string) => (material: Material) =>
  `${part({ ...hs256, alg })}.${part(usual(material))}.`;

/** Signed with the right secret, but with other claims. */
const claiming = (change: (claims: ReturnType<typeof usual>, now: number) => object) => {
  return (material: Material) => signed(change(usual(material), material.now), material.secret);
};

/** Signed with a key on an elliptic curve that nobody knows. @param header what it says of that key */
function ownKey(material: Material, header: (jwk: object) => object): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const said = { ...hs256, alg: 'ES256', ...header(publicKey.export({ format: 'jwk' })) };
  const content = `${part(said)}.${part(usual(material))}`;
  const signature = createSign('sha256').update(content).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

/** Another letter in its middle, where each letter stands for bits of the signature. */
function oneLetterChanged(signature: string): string {
  const middle = signature.length >> 1;
  return `${signature.slice(0, middle)}${signature[middle] === 'A' ? 'B' : 'A'}${signature.slice(middle + 1)}`;
}

function inTheOtherCase(signature: string): string {
  return signature.replace(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

function isLowerCase(text: string): boolean {
  return text === text.toLowerCase();
}

/** Signed with a secret that nobody knows. */
const signedByAnother = (material: Material) => signed(usual(material), randomBytes(32).toString('hex'));

const unverifiable = {
  'no token': () => undefined,
  'an empty token': () => '',
  'a text that is no token': () => 'this-is-no-token',
  // What a sender writes that has no token at hand.
  'the word undefined': () => 'undefined',
  'a token signed with another secret': signedByAnother,
  'a token signed with another secret behind the word Bearer': (material) =>
    `Bearer ${signedByAnother(material)}`,
  // In other places than where it belongs (token-carriers.ts).
  'a token signed with another secret in the other documented header': signedByAnother,
  'a token signed with another secret in the header Authorization': signedByAnother,
  'a token signed with another secret in a cookie': signedByAnother,
  'a token signed with another secret in the query': signedByAnother,
  'another secret as a password': ({ clientId }) =>
    Buffer.from(`${clientId}:${randomBytes(16).toString('hex')}`).toString('base64'),
  // Where the key of an unknown app is looked up, and none is found.
  'a token for another app signed with an empty secret': (material) =>
    signedByHand(
      JSON.stringify(hs256),
      JSON.stringify({ ...usual(material), appId: `${material.clientId}-other` }),
      '',
    ),
  // What a tenant accepts whose secret was never set.
  'a token signed with an empty secret': (material) =>
    signedByHand(JSON.stringify(hs256), JSON.stringify(usual(material)), ''),
  'a token whose content was changed': (material) => {
    const [header, , signature] = partsOf(material);
    const claims = { ...usual(material), exp: material.now + lifetimeSeconds + 60 };
    return [header, part(claims), signature].join('.');
  },
  'an unsigned token': unsigned('none'),
  'a token signed with the client id': (material) => signed(usual(material), material.clientId),
  'a token signed with half of the client secret': (material) =>
    signed(usual(material), material.secret.slice(0, material.secret.length >> 1)),
  'a token signed with the client secret in lower case': (material) =>
    isLowerCase(material.secret)
      ? signedByAnother(material)
      : signed(usual(material), material.secret.toLowerCase()),
  'a token that is cut off after its header': (material) => partsOf(material)[0],
  'a token that is cut off after its claims': (material) => partsOf(material).slice(0, 2).join('.'),
  'a token whose signature is empty': (material) => `${partsOf(material).slice(0, 2).join('.')}.`,
  'a token whose signature is cut in half': (material) => material.valid.slice(0, -21),
  'a token whose signature is longer': (material) => `${material.valid}AAAA`,
  'a token with one letter of its signature changed': (material) => {
    const [header, claims, signature] = partsOf(material);
    return [header, claims, oneLetterChanged(signature)].join('.');
  },
  'a token whose signature is in the other case': (material) => {
    const [header, claims, signature] = partsOf(material);
    return [header, claims, inTheOtherCase(signature)].join('.');
  },
  'a token with the signature of another token': (material) => {
    const [header, claims] = partsOf(material);
    return [header, claims, validToken({ ...material, now: material.now - 60 }).split('.')[2]].join('.');
  },
  'a token whose header was changed': (material) => {
    const [, claims, signature] = partsOf(material);
    return [part({ ...hs256, typ: 'at+jwt' }), claims, signature].join('.');
  },
  'an unsigned token with the algorithm None': unsigned('None'),
  'an unsigned token with the algorithm NONE': unsigned('NONE'),
  'an unsigned token with no algorithm': (material) => `${part({ typ: 'JWT' })}.${part(usual(material))}.`,
  'an unsigned token with the signature of a valid one': (material) =>
    `${unsigned('none')(material)}${partsOf(material)[2]}`,
  'a token that names HS512 over the signature of HS256': (material) => {
    const [, claims, signature] = partsOf(material);
    return [part({ ...hs256, alg: 'HS512' }), claims, signature].join('.');
  },
  // A signature of RS256 has 256 bytes: to whoever does not have the key, any are as good as these.
  'a token signed with an unknown RSA key': (material) =>
    `${part({ ...hs256, alg: 'RS256' })}.${part(usual(material))}.${randomBytes(256).toString('base64url')}`,
  'a token signed with an unknown elliptic-curve key': (material) => ownKey(material, () => ({})),
  'a token that brings its own public key': (material) => ownKey(material, (jwk) => ({ jwk })),
  'a token that brings its own secret': (material) => {
    const secret = randomBytes(32).toString('hex');
    const jwk = { kty: 'oct', k: Buffer.from(secret).toString('base64url') };
    return signed(usual(material), secret, { jwk });
  },
  'a token that says where its key is': (material) =>
    ownKey(material, () => ({ kid: '1', jku: 'https://keys.example.invalid/jwks.json' })),
  'a token whose key id is the path of an empty file': (material) =>
    signedByHand(
      JSON.stringify({ ...hs256, kid: '../../../../../../dev/null' }),
      JSON.stringify(usual(material)),
      '',
    ),
} satisfies Record<string, Token['make']>;

const untimely = {
  'an expired token': claiming(({ appId }, now) => {
    return { appId, iat: now - 7200, exp: now - untimelyByMs / 1000 };
  }),
  'an expired token whose exp is a fraction': claiming(({ appId }, now) => {
    return { appId, exp: now - untimelyByMs / 1000 - 0.5 };
  }),
  'an expired token whose exp is 0': claiming(({ appId }) => ({ appId, exp: 0 })),
  'a token that is not valid yet': claiming((claims, now) => ({ ...claims, nbf: now + untimelyByMs / 1000 })),
} satisfies Record<string, Token['make']>;

const unfit = {
  'a token for another app': claiming(({ appId, ...times }) => ({ appId: `${appId}-other`, ...times })),
  'a token without an appId': claiming(({ appId, ...times }) => {
    return { sub: appId, iss: appId, aud: appId, client_id: appId, clientId: appId, ...times };
  }),
  'a token whose appId has spaces around it': claiming(({ appId, ...times }) => ({
    appId: ` ${appId} `,
    ...times,
  })),
  'a token whose appId is null': claiming((claims) => ({ ...claims, appId: null })),
  'a token whose appId is empty': claiming((claims) => ({ ...claims, appId: '' })),
  'a token whose appId is true': claiming((claims) => ({ ...claims, appId: true })),
  'a token whose appId is in a list': claiming((claims) => ({ ...claims, appId: [claims.appId] })),
  'a token whose appId is in the other case': claiming(({ appId, ...times }) => {
    return { appId: inTheOtherCase(appId), ...times };
  }),
  'a token whose appId is cut off': claiming(({ appId, ...times }) => ({
    appId: appId.slice(0, -1),
    ...times,
  })),
  'a token whose appId comes after another one': claiming(({ appId, ...times }) => {
    return { appId: `other-${appId}`, ...times };
  }),
  'a token with a fourth part': (material) => `${material.valid}.${part({})}`,
} satisfies Record<string, Token['make']>;

const authorising = {
  'a valid token': ({ valid }) => valid,
  'a token with nothing but the appId': claiming(({ appId }) => ({ appId })),
  'a token with more claims than the appId': claiming((claims, now) => {
    return {
      iss: 'conformance',
      sub: 'sender',
      aud: ['agent-assist'],
      jti: `${now}`,
      nbf: now - 60,
      ...claims,
      // No document limits how long one may live.
      exp: now + yearSeconds,
    };
  }),
  // The printed tokens name no time at all: no document limits how old one may be.
  'a token issued a month ago': claiming((claims, now) => ({ ...claims, iat: now - monthSeconds })),
  'a token issued a month ago that never expires': claiming(({ appId }, now) => {
    return { appId, iat: now - monthSeconds };
  }),
  'a token whose claims are in another order': claiming(({ appId, ...times }) => ({ ...times, appId })),
  'a token with white space in its JSON': (material) => {
    const spaced = (value: object) => JSON.stringify(value, null, 2);
    return signedByHand(spaced(hs256), spaced(usual(material)), material.secret);
  },
  // RFC 7515 (4.1.9): typ may be left out, as some libraries do.
  'a token whose header names the algorithm alone': (material) =>
    signedByHand(JSON.stringify({ alg: hs256.alg }), JSON.stringify(usual(material)), material.secret),
} satisfies Record<string, Token['make']>;

const byWorth = { valid: authorising, unverifiable, untimely, unfit };

export type TokenKind =
  | keyof typeof authorising
  | keyof typeof unverifiable
  | keyof typeof untimely
  | keyof typeof unfit;

export const tokens = Object.fromEntries(
  Object.entries(byWorth).flatMap(([worth, kinds]) =>
    Object.entries(kinds).map(([kind, make]) => [kind, { worth, make }]),
  ),
) as Record<TokenKind, Token>;

export const tokenKinds = Object.keys(tokens) as TokenKind[];
