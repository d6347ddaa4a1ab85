// What to do about a line that begins like JSON and cannot be read.

const entriesOfList =
  ": a comma ends the line, as in a list: sed 's/,[[:space:]]*$//' FILE | npm run check -- -";
const pieces =
  ': it is a piece of JSON that goes on over several lines: let the log have each record on a line of its own, as jq -c writes it';

/** Added to the reason; empty when nothing is known. */
export function wayOut(line: string): string {
  const text = line.trim();
  if (/^\{.*\}\s*,$/.test(text)) return entriesOfList;
  return /^"[^"]*"\s*:/.test(text) ? pieces : '';
}
