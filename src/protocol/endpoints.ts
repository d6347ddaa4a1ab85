// Where the documents put things, and what they leave to be found out.

/** The three documented paths before /{botId}, by the document that has it; the first is the default. */
export const hooksPaths = {
  'Conversation Events': '/agentassist/api/v1/hooks',
  'End of Conversation': '/agentai/api/v1/hooks',
  'the redial sample': '/api/v1/hooks',
} as const;

export const defaultHooksPath = hooksPaths['Conversation Events'];

/** A botId, or streamId, that no tenant knows. */
export const unknownBotId = 'st-00000000-0000-5000-8000-000000000000';

/** A part of a path as it was meant; undefined when its percent-encoding is none. */
export function decodedPart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
