// Forms of a callbackUrl that any receiver may choose, and whether an outcome has come to the address that was sent.
// RFC 3986 says which characters an address may have, and which spellings mean the same.

/** What follows the key of a callbackUrl, by what is special about it. A fragment is never part of a request. */
export const addressForms = {
  'capitals in its path': '/CaseFile/outcomeOf/ID-7Qz',
  'a query': '/outcome?case=C-42&Step=2&to=a=b&again=1&again=2&empty=&flag',
  'percent-encoding': '/a%2Fb/Lobby%20East/caf%c3%a9%2B1?back=%2FHome%3Ftab%3D1&sum=1%20%26%202&text=a%2Bb+c',
  'signs that need no encoding': '/v1.0/~me/a:b@c;d=1,2/(x)!$*_-/outcome/',
  'a long path': `/${Array.from({ length: 40 }, (_, index) => `segment-${index + 1}`).join('/')}/outcome`,
} as const;

export type AddressForm = keyof typeof addressForms | 'no path';

export const addressFormNames = [...Object.keys(addressForms), 'no path'] as AddressForm[];

/** @param path where outcomes are told apart by a key; an address without a path, as the samples print it, has none */
export function callbackAddress(publicUrl: string, path: string, form: AddressForm | undefined): string {
  if (form === 'no path') return publicUrl;
  return `${publicUrl}${path}${form === undefined ? '' : addressForms[form]}`;
}

/** same: by RFC 3986. respelt: it leads to the same place in most receivers, but is written in another way. */
export type Arrival = 'same' | 'respelt' | 'elsewhere';

/** @param arrived path and query of a request, as they came */
export function arrival(callbackUrl: string, arrived: string): Arrival {
  const sent = ownPart(callbackUrl);
  const came = ownPart(arrived);
  if (normal(sent) === normal(came)) return 'same';
  return meaning(sent) === meaning(came) ? 'respelt' : 'elsewhere';
}

/** Path and query, without what stands before our own path: a proxy before the listener may have a path of its own. */
export function ownPart(address: string): string {
  const own = address.indexOf('/callbacks/');
  if (own >= 0) return address.slice(own);
  return address.replace(/^https?:\/\/[^/?#]*/, '') || '/';
}

/** RFC 3986, 6.2.2: the case of an encoding does not matter, and what needs no encoding means the same with it. */
function normal(address: string): string {
  return address.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
  });
}

/** What a receiver makes of it that decodes each segment of the path, and reads the query as a form. */
function meaning(address: string): string {
  const [path = '', query = ''] = address.split(/\?(.*)/s);
  const segments = path.split('/').map(decoded);
  return JSON.stringify([segments, [...new URLSearchParams(query)]]);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
