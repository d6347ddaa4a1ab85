// The patterns of the schema of settings, in words: a value that is refused is told which form it needs.

const rules: Record<string, string> = {
  '^https?://[^\\s/?#@]+/?$': 'https:// or http:// with a host, perhaps a port, and nothing behind it',
  '^https?://[^\\s?#@]+$': 'a URL of https:// or http:// without a user, "?" and "#"',
  '^st-\\S+$': 'an id that begins with st-',
  '^\\S+$': 'a text without blanks',
  '^/[^\\s?#]*[^\\s?#/]$': 'a path that begins with "/", does not end with one, and has no blank, "?" or "#"',
  '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*(\\s*,\\s*[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)*$':
    'codes like en or pt-BR, separated by commas',
  '^([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$':
    'a whole number from 0 to 65535',
  '^[1-9][0-9]{0,6}$': 'a whole number from 1 to 9999999',
  '^(0|[1-9][0-9]{0,5})$': 'a whole number from 0 to 999999',
  '^[A-Za-z0-9._-]{1,40}$': '1 to 40 letters, digits, ".", "_" and "-"',
  '^\\..*$': 'a place that begins with "."',
};

/** @param pattern of the schema @returns undefined when there are no words for it */
export function ruleInWords(pattern: string): string | undefined {
  return rules[pattern];
}

/** A host that no network has: mostly a placeholder that nobody has filled in, as in https://{{host}}. */
export function hasPlaceholder(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return host !== '' && !/^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/i.test(host);
}

/** What is surely not a Client ID; undefined for anything else, since no document says which form it has. */
export function notAClientId(value: string, secret: string | undefined): string | undefined {
  if (value === secret) return 'is the same as TENANT_CLIENT_SECRET, and would be sent in every token';
  return value.startsWith('st-') ? 'is a stream ID, as TENANT_BOT_ID has one' : undefined;
}
