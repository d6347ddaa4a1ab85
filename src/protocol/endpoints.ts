// The documented paths of the hooks.

/** The three documented paths before /{botId}, by the document that shows each. */
export const hooksPaths = {
  'Conversation Events': '/agentassist/api/v1/hooks',
  'End of Conversation': '/agentai/api/v1/hooks',
  'the redial sample': '/api/v1/hooks',
} as const;

/** The paths that the documents print, with the sample that has three slashes before it. */
export const printedPaths = {
  ...hooksPaths,
  'the internal-transfers sample': `//${hooksPaths['Conversation Events']}`,
} as const;

/**
 * A target or a session of a transfer that no tenant knows, by what it is for. Its letters in both cases show whether
 * an id comes back as it was sent.
 */
export const unknownTargets = {
  aId: 'a-00000000-0000-5000-8000-0000AbCdEfFe',
  queueId: 'qu-00000000-0000-5000-8000-0000AbCdEfFe',
  botSessionId: '0000000000000000AbCdEfFe',
} as const;

/** The document whose path this is, in words; undefined for a path that no document has. */
export function documentOfPath(path: string): string | undefined {
  return Object.entries(hooksPaths).find(([, documented]) => documented === path)?.[0];
}

export const defaultHooksPath = hooksPaths['Conversation Events'];

/** A botId, or streamId, that no tenant knows. */
export const unknownBotId = 'st-00000000-0000-5000-8000-000000000000';

/** An id that no tenant knows either, and that begins and ends like that of a bot. */
export function unknownLike(botId: string): string {
  return `${botId}-0-${botId}`;
}

/** Evidence of earlier versions has the shorter form. */
const likeABot = /-0$|^(.+)-0-\1$/s;

/** Whether an id is one that was made to be unknown. */
export function isMadeUnknown(botId: unknown): boolean {
  return botId === unknownBotId || (typeof botId === 'string' && likeABot.test(botId));
}

/** A segment of a path, percent-decoded; undefined when its encoding is malformed. */
export function decodedPart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
