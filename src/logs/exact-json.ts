// Parses JSON so that a number that JavaScript cannot hold is written as it stands: 12345678901234567890 as that.

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

const json = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown;
  rawJSON(text: string): unknown;
};

/** The value of a text that is known to be JSON. Such a number is an object that JSON.stringify writes as it was. */
export function exactJson(text: string): unknown {
  return json.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, (_, value, { source }) => {
    if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
    // Few digits, as in 1.0 or 1e3: the same number in other words.
    return Number.isFinite(value) && source.replace(/\D/g, '').length < 16 ? value : json.rawJSON(source);
  });
}
