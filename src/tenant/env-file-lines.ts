// Lines of an env file that Node reads in another way than they look: half a secret would be used without a word.

/** `NAME=value`, as Node's parser finds it. */
const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*(.*)$/;
const typographic = /^[\u2018-\u201f\u00ab\u00bb\u2039\u203a]|[\u2018-\u201f\u00ab\u00bb\u2039\u203a]$/;

/** Other ways to write a setting, as in YAML, PowerShell or a list of Docker: Node reads no setting from them. */
const otherSyntax =
  /^[ \t]*(?:(?:set|export|env|-|declare[ \t]+-x)[ \t]+|\$env:)?["']?((?:TENANT|CALLBACK)_[A-Z_]+)["']?[ \t]*[:=]/i;
const blankValue = /^([ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=)[ \t]+$/gm;

/**
 * The text of an env file, so that Node reads it as it looks. Node takes the next line for the value when nothing but blanks
 * follows the "=": a secret would be sent as the value of another setting. And it joins lines that end with CR alone.
 */
export function asItLooks(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(blankValue, '$1');
}

/** @returns "line 3, TENANT_CLIENT_SECRET: what is wrong, and what to do", without the value, which may be a secret */
export function misleadingLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const found: string[] = [];
  const before = new Map<string, { line: number; value: string }>();
  for (let index = 0; index < lines.length; index += 1) {
    const [, name, value = ''] = assignment.exec(lines[index]!) ?? [];
    if (name === undefined) {
      const unread = otherSyntax.exec(lines[index]!)?.[1];
      if (unread)
        found.push(`line ${index + 1}, ${unread}: no setting is read from this line; write NAME=value`);
      continue;
    }
    const quote = /^["'`]/.exec(value)?.[0];
    // A quoted value may have several lines; those after the first are not assignments.
    const end = quote && !value.slice(1).includes(quote) ? closingLine(lines, index + 1, quote) : index;
    const last = end === undefined || end === index ? value.slice(1) : lines[end]!;
    const whole = lines.slice(index, (end ?? index) + 1).join('\n');
    const assigned = whole.slice(whole.indexOf('=') + 1).trim();
    const earlier = before.get(name);
    if (earlier && earlier.value !== assigned)
      found.push(
        `line ${index + 1}, ${name}: line ${earlier.line} sets it to something else, and only the last counts; remove one`,
      );
    before.set(name, { line: index + 1, value: assigned });
    const problem = quote ? quotedProblem(last, quote) : bareProblem(value);
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
    if (/^https?:\/\//i.test(value))
      return 'the URL is cut at the "#"; leave out what begins with it, no setting has a URL with one';
    return 'the value is cut at the "#"; put it in quotation marks, as in NAME="a#b"';
  }
  const bare = value.replace(/\s#.*$/, '').trim();
  if (typographic.test(bare)) {
    return 'typographic quotation marks would be part of the value; use straight ones (")';
  }
  return undefined;
}

/** @param last from the line on which the value ends */
function quotedProblem(last: string, quote: string): string | undefined {
  const end = last.indexOf(quote);
  const rest = end < 0 ? '' : last.slice(end + 1).trim();
  if (rest === '' || rest.startsWith('#')) return undefined;
  return `what follows the second ${quote} is ignored; use another kind of quotation mark around the value`;
}

function closingLine(lines: readonly string[], from: number, quote: string): number | undefined {
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index]!;
    // An assignment that has the same mark has a value of its own: the mark before was forgotten. The last line of base64
    // may look like one (`QmFzZTY0=="`).
    const [, name = '', value = ''] = assignment.exec(line) ?? [];
    const isSetting =
      /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) || /^(["'`]).*\1[ \t]*(?:#.*)?$/.test(value);
    if (isSetting && value.includes(quote)) return undefined;
    if (line.includes(quote)) return index;
  }
  return undefined;
}
