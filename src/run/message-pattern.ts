// The regular expression that --update-deviations writes for a finding: it is to match the same finding tomorrow.

/** What differs from run to run, and its pattern; the first that fits counts. */
const volatile: [RegExp, string][] = [
  // What the tenant answered, as a finding quotes it; it may have been cut.
  [/(?<=\b(?:is|says|status|type|names \w+) )"(?:[^"\\]|\\.)*(?:"(?:\.\.\.)?|\.\.\.)/, '".*'],
  [/(?<=\b(?:is|says|status|type|names \w+) )[[{].*?(?:[\]}](?=,|;|$)|\.\.\.)/, '.*'],
  [/\b[0-9a-f]{8}-[0-9a-f-]{20,}\b/i, '.+'],
  [/\b\d+(?= ms\b)/, '\\d+'],
  [/\b\d{5,}\b/, '\\d+'],
];

export function messagePattern(message: string): string {
  const any = new RegExp(volatile.map(([what]) => `(${what.source})`).join('|'), 'gi');
  let pattern = '';
  let done = 0;
  for (const match of message.matchAll(any)) {
    const which = match.slice(1).findIndex((group) => group !== undefined);
    pattern += escaped(message.slice(done, match.index)) + volatile[which]![1];
    done = match.index + match[0].length;
  }
  return `^${pattern}${escaped(message.slice(done))}$`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
