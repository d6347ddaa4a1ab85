// Texts that are kept for longer than the text they come from.

/**
 * A copy of a text. V8 makes a slice by pointing into the whole text, which stays in memory for as long as the slice does:
 * a line of a finding would keep an answer of megabytes.
 */
export function detached(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

/** A name of about `max` characters, for a key. What is longer is cut, and still differs from others that begin alike. */
export function abridged(name: string, max = 200): string {
  return name.length <= max
    ? name
    : detached(`${name.slice(0, max)}… (${name.length} characters, ${digest(name)})`);
}

/** 64 bits in hex: two FNV-1a hashes. Against chance, not against somebody who looks for two texts that are alike. */
function digest(text: string): string {
  let [one, other] = [0x811c9dc5, 0xc9dc5811];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit ^ 0x5bd1, 0x01000197);
  }
  return [one, other].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
