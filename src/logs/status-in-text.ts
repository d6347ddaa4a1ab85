// The status of an answer in words, as errors and lines of text have it.

/** What may stand between the word and the number. */
const between = String.raw`(?:[ _-]?(?:with|by|was|is|of|got|an?|the|unexpected|http(?:/[\d.]+)?|status|code|error|does not indicate success)\b)*["'\s:=(#-]*`;
/** A number of something else. */
const noUnit = String.raw`(?![.:/]?\d|["']?\s*(?:m?s|msecs?|secs?|seconds?|milliseconds?|[kmg]?b|bytes?|chars?|characters?|rows?|items?|events?|records?|messages?|times?|attempts?)\b)`;

const forms = [
  String.raw`\bHTTP/[\d.]+["']?\s+`,
  String.raw`\bHTTP(?!s|/|:/)${between}`,
  String.raw`\b(?:status|status_?code|(?:response|answer|http)[ _]?(?:status|code)(?:[ _]?code)?)${between}`,
  String.raw`\b(?:responded|answered|replied|returned|rejected|refused|failed|failure|error)${between}`,
].map((form) => new RegExp(String.raw`${form}\b([1-5]\d\d)\b${noUnit}`, 'i'));

export function statusInText(text: string): number | undefined {
  for (const form of forms) {
    const code = form.exec(text)?.[1];
    if (code !== undefined) return Number(code);
  }
  return undefined;
}
