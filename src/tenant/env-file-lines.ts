// Lines of an env file that Node reads in another way than they look: half a secret would be used without a word.

/** `NAME=value`, as Node's parser finds it. */
const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*(.*)$/;
const typographic = /^[\u2018-\u201f\u00ab\u00bb\u2039\u203a]|[\u2018-\u201f\u00ab\u00bb\u2039\u203a]$/;

/** @returns "line 3, TENANT_CLIENT_SECRET: what is wrong, and what to do", without the value, which may be a secret */
export function misleadingLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const found: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [, name, value = ''] = assignment.exec(lines[index]!) ?? [];
    if (name === undefined) continue;
    const quote = /^["'`]/.exec(value)?.[0];
    const problem = quote ? quotedProblem(value, quote) : bareProblem(value);
    // A quoted value may have several lines; those after the first are not assignments.
    const end = quote && !value.slice(1).includes(quote) ? closingLine(lines, index + 1, quote) : index;
    if (end === undefined) {
      found.push(
        `line ${index + 1}, ${name}: the quotation mark ${quote} at its start is not closed; close it`,
      );
    } else {
      if (problem) found.push(`line ${index + 1}, ${name}: ${problem}`);
      index = end;
    }
  }
  return found;
}

function bareProblem(value: string): string | undefined {
  if (/[^\s#]#/.test(value.replace(/\s#.*$/, ''))) {
    return 'the value is cut at the "#"; put it in quotation marks, as in NAME="a#b"';
  }
  const bare = value.replace(/\s#.*$/, '').trim();
  if (typographic.test(bare)) {
    return 'typographic quotation marks would be part of the value; use straight ones (")';
  }
  return undefined;
}

/** Of a value that ends on its own line. */
function quotedProblem(value: string, quote: string): string | undefined {
  const end = value.indexOf(quote, 1);
  const rest = end < 0 ? '' : value.slice(end + 1).trim();
  if (rest === '' || rest.startsWith('#')) return undefined;
  return `what follows the second ${quote} is ignored; use another kind of quotation mark around the value`;
}

function closingLine(lines: readonly string[], from: number, quote: string): number | undefined {
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index]!;
    // An assignment that has the same mark begins a value of its own: the mark before was forgotten.
    if (assignment.exec(line)?.[2]?.includes(quote)) return undefined;
    if (line.includes(quote)) return index;
  }
  return undefined;
}
