// The documented paths of the hooks.

/** The three documented paths before /{botId}, by the document that shows each. */
export const hooksPaths = {
  'Conversation Events': '/agentassist/api/v1/hooks',
  'End of Conversation': '/agentai/api/v1/hooks',
  'the redial sample': '/api/v1/hooks',
} as const;

export const defaultHooksPath = hooksPaths['Conversation Events'];

/** A botId, or streamId, that no tenant knows. */
export const unknownBotId = 'st-00000000-0000-5000-8000-000000000000';

/** A segment of a path, percent-decoded; undefined when its encoding is malformed. */
export function decodedPart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
