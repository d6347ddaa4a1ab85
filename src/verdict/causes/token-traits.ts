// What bad tokens have in common: a tenant that omits one check accepts several kinds of them.
import { isElsewhere } from '../../tenant/token-carriers.ts';
import { type TokenKind, tokens } from '../../tenant/tokens.ts';

const withSignatureCutOff: readonly TokenKind[] = [
  'a token whose signature is empty',
  'a token whose signature is cut in half',
];

const withAlteredSignature: readonly TokenKind[] = [
  ...withSignatureCutOff,
  'a token whose signature is longer',
  'a token with one letter of its signature changed',
  'a token whose signature is in the other case',
  'a token with the signature of another token',
];

/** Of the right form, in the right place. */
const wronglySigned: readonly TokenKind[] = [
  ...withAlteredSignature,
  'a token signed with another secret',
  'a token signed with an empty secret',
  'a token for another app signed with an empty secret',
  'a token whose content was changed',
  'a token signed with the client id',
  'a token signed with half of the client secret',
  'a token whose header was changed',
  'a token that brings its own secret',
  'a token whose key id is the path of an empty file',
];

const unsigned: readonly TokenKind[] = [
  'an unsigned token',
  'an unsigned token with the algorithm None',
  'an unsigned token with the algorithm NONE',
  'an unsigned token with no algorithm',
  'an unsigned token with the signature of a valid one',
];

const ofOtherAlgorithm: readonly TokenKind[] = [
  'a token that names HS512 over the signature of HS256',
  'a token signed with an unknown RSA key',
  'a token signed with an unknown elliptic-curve key',
  'a token that brings its own public key',
  'a token that says where its key is',
];

const ofOtherApp: readonly TokenKind[] = [
  'a token for another app',
  'a token whose appId is null',
  'a token whose appId is empty',
  'a token whose appId is true',
  'a token whose appId is in a list',
  'a token whose appId is cut off',
  'a token whose appId is in the other case',
  'a token whose appId comes after another one',
];

/** In words that end a sentence. */
const classes: readonly [words: string, kinds: readonly TokenKind[]][] = [
  ['with an HS256 token whose signature is wrong', wronglySigned],
  [
    'with an HS256 token whose signature is wrong in either of the documented headers',
    [...wronglySigned, 'a token signed with another secret in the other documented header'],
  ],
  ['with a token with the algorithm none', unsigned],
  ['with a token of another algorithm than HS256', ofOtherAlgorithm],
  [
    'with a token that is not a JWT',
    [
      'a token signed with another secret behind the word Bearer',
      'a text that is no token',
      'the word undefined',
      'a token that is cut off after its header',
      'a token that is cut off after its claims',
      'a token with a fourth part',
    ],
  ],
  [
    'with no token, or an empty one, in the documented headers',
    [
      'no token',
      'an empty token',
      'a token signed with another secret in the header Authorization',
      'a token signed with another secret in a cookie',
      'a token signed with another secret in the query',
      'another secret as a password',
    ],
  ],
  ['with a token of another appId', ofOtherApp],
  ['with a token that does not name the app', [...ofOtherApp, 'a token without an appId']],
  ['with a valid token whose signature was altered', withAlteredSignature],
  ['with a token whose signature is cut off', withSignatureCutOff],
  ['with a token that has expired', ['an expired token', 'an expired token whose exp is a fraction']],
];

/** @param token of an earlier version, too, when an old run is judged again */
export function tokenClasses(token: string): string[] {
  const found = classes.flatMap(([words, kinds]) => (kinds.some((kind) => kind === token) ? [words] : []));
  if (!isUnverifiable(token)) return found;
  if (token === 'an empty token') return [...found, 'with no token, or an empty one, where it belongs'];
  if (token !== 'no token' && !isElsewhere(token))
    return [...found, 'with a token whose signature does not verify'];
  return [...found, 'without a token where it belongs', 'with no token, or an empty one, where it belongs'];
}

export function isUnverifiable(token: string): boolean {
  return token in tokens && tokens[token as TokenKind].worth === 'unverifiable';
}
