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
