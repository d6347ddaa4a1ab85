// The status of an answer in words, as errors and lines of text have it.

/** What may stand between the word and the number. */
const between = String.raw`(?:[ _-]?(?:with|was|is|of|got|an?|the|unexpected|http(?:/[\d.]+)?|status|code|error|does not indicate success)\b)*["'\s:=(#-]*`;
/** A number of something else. */
const noUnit = String.raw`(?![.:/]?\d|["']?[\s-]*(?:m?s|msecs?|secs?|seconds?|milliseconds?|[kmg]?b|bytes?|chars?|characters?|rows?|items?|events?|records?|messages?|times?|attempts?)\b)`;

const sure = [
  String.raw`\bHTTP/[\d.]+["']?\s+`,
  String.raw`\b(?:status|status_?code|(?:response|answer|http)[ _]?(?:status|code)(?:[ _]?code)?)${between}`,
  String.raw`(?:->|=>|→)\s*`,
].map(asForm);

const told = [
  String.raw`\bHTTP(?!s|/|:/)${between}`,
  String.raw`\b(?:responded|replied|returned|rejected|refused|failed|failure|error)${between}`,
].map(asForm);

function asForm(before: string): RegExp {
  return new RegExp(String.raw`${before}\b([1-5]\d\d)\b${noUnit}`, 'i');
}

export function statusInText(text: string): number | undefined {
  return sureStatusInText(text) ?? toldStatusInText(text);
}

/** Of the request in the text itself. */
export function sureStatusInText(text: string): number | undefined {
  return codeAfter(sure, text);
}

/** In words, as in "the call before failed with 503": a member of the record says more. */
export function toldStatusInText(text: string): number | undefined {
  return codeAfter(told, text);
}

function codeAfter(forms: readonly RegExp[], text: string): number | undefined {
  for (const form of forms) {
    const code = form.exec(text)?.[1];
    if (code !== undefined) return Number(code);
  }
  return undefined;
}

/** Not the time-out that a client is set to: timeout=5000. */
const unanswered =
  /\btimed[ _-]?out\b|\btime-?out (?:after|exceeded)\b|\btime-?out of \d+ ?m?s exceeded\b|\b(?:read|connect|connection|request|socket) ?time-?out\b(?!\s*[=:]|["']?\s*[=:]|\s+\d)|\bE(?:TIMEDOUT|CONNRESET|CONNREFUSED|CONNABORTED|AI_AGAIN|NOTFOUND|PIPE|HOSTUNREACH|NETUNREACH)\b|\bsocket hang up\b|\bconnection (?:was )?(?:refused|reset|aborted|closed by (?:the )?(?:peer|remote|server))\b|\bno response\b/i;

/** Whether a text says that no answer came. */
export function saysUnanswered(text: string): boolean {
  return unanswered.test(text);
}
