// What kind of finding a message is about: the message without the values, fields and counts in which findings of one kind
// differ. It is for grouping and for comparing; people read the message.

/** The parts in which messages of one kind differ, and what stands for them. */
const differing: readonly [RegExp, string][] = [
  // (HOOKS-XFER-01, HOOKS-XFER-02)
  [/ \((?:[A-Z]+-)+\d+(?:, (?:[A-Z]+-)+\d+)*\)/g, ''],
  [/(?<=must be one of )[^;]*/g, '…'],
  [/https?:\/\/\S+/g, '…'],
  [/(?<=\bconversation )\S*\d\S*/g, '…'],
  // What is quoted of a request or an answer; it may have been cut.
  [/"(?:[^"\\]|\\.)*(?:"(?:\.\.\.)?|\.\.\.)/g, '…'],
  [/(?<=\bis )(?:[[{].*?(?:[\]}]|\.\.\.)|true|false|null|-?\d[\d.e+]*)(?=[,;: ]|$)/g, '…'],
  [/\b[0-9a-f]{8}-[0-9a-f-]{20,}\b|\b[0-9a-f]{16,}\b/gi, '…'],
  [/(?<=content type )\S+/g, '…'],
  // Any other number than a status.
  [/(?<!\b(?:answered|with|HTTP|status) )(?<![\w-])\d[\d,.]*(?:st|nd|rd|th)?\b/g, '…'],
  // INTERNAL_TRANSFER_EVENT: participant.name is missing
  [/\b\w+: (?=[\w.[\]/]+ is (?:…|missing|empty))/g, ''],
  [/(?<![\w.])[\w.[\]/]+(?= is (?:…|missing|empty))/g, '…'],
];

/** Messages of one kind have the same: "the tenant answered 200 although … is missing". */
export function findingKind(message: string): string {
  const reduced = differing.reduce((text, [what, by]) => text.replaceAll(what, by), message);
  const [first = '', ...others] = reduced.split('; ');
  // "although … is missing; … is missing; … is empty": each once.
  const same = others.filter((other) => !first.endsWith(other));
  return [first, ...new Set(same)].join('; ');
}
