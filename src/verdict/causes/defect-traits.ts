// What requests that are wrong on purpose have in common: a tenant treats many defects of one kind alike.

export const ofOtherThings = 'in something other than the token and the botId';

/** In words that end a sentence, the most precise first. @param wrong as the request says it: "END_OF_CONVERSATION: reason is missing (HOOKS-EOC-02)" */
export function defectTraits(wrong: string, token: string | undefined): string[] {
  if (token) return ['with a bad token'];
  if (/\b(botId|stream)\b.*\bunknown\b/.test(wrong)) return ['with an unknown botId'];
  const other = /\bbotId is\b/.test(wrong) ? [] : [ofOtherThings];
  const parts = wrong.split('; ').map((part) => /^([\w-]+): ([\w.]+)(?: or [\w.]+)? is (.*)$/s.exec(part));
  const fields = parts.flatMap((part) => (part ? [{ field: part[2]!, state: part[3]! }] : []));
  const isOfField = fields.length > 0 || /\bare both given\b|\bthat has no\b/.test(wrong);
  const [only, ...more] = fields;
  return [
    // Of several defects, nobody knows which one counts.
    ...(only && more.length === 0
      ? [`with ${only.field} missing or wrong`, ...stateOf(only.field, only.state)]
      : []),
    ...(isOfField ? ['with a field that is missing or wrong'] : []),
    ...other,
  ];
}

function stateOf(field: string, state: string): string[] {
  if (/^missing\b/.test(state)) return [`without ${field}`, 'with a missing field'];
  if (/^empty\b/.test(state)) return [`with ${field} empty`, 'with an empty field'];
  if (/must be one of/.test(state)) return [`with an unknown value for ${field}`, 'with an unknown value'];
  if (/must be an? /.test(state))
    return [`with a value of another type for ${field}`, 'with a value of another type'];
  return [];
}
