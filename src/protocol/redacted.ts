// What recorders write in place of a value that they do not keep.

const words = 'redacted|masked|hidden|removed|filtered';

/** Whether a recorder wrote this in place of a value, or of a part of one. */
export function isRedacted(value: string): boolean {
  return /^[<[({%].*[>\])}%]$/s.test(value) || /^\$|[*…•]|\.{3}|x{3,}/i.test(value) || anyWord.test(value);
}

const anyWord = new RegExp(words, 'i');

/**
 * The same of a botId in a path. A bot may be called st-hidden-agent or (st-1): only a word alone, the name of a botId in
 * brackets or behind a colon, and a sign that no botId has, say so.
 */
export function isRedactedBotId(botId: string): boolean {
  const name = botId.replace(/^st-/i, '');
  return onlyWord.test(name) || inBrackets.test(name) || /^[:$]|[*•…]|\.{3}/.test(name);
}

const onlyWord = new RegExp(`^(?:${words})$`, 'i');
const inBrackets = /^(?:<[^<>]*>|\[[^[\]]*\]|\{[^{}]*\}|%[^%]*%|\((?!st-)[^()]*\))$/i;
