// What is wrong with the regular expression of a known deviation.
import isSimple from 'safe-regex2';
import { expressionOf } from './message-expression.ts';

/**
 * How many steps counted repetitions may add. RE2 writes .{1,500} out five hundred times and tries each at every character
 * of the text; .* is one step.
 */
const maxAddedSteps = 300;

/** Why an expression cannot be used, for people; undefined when it can. */
export function expressionProblem(source: string): string | undefined {
  try {
    new RegExp(source, 'u');
  } catch (error) {
    return `message is not a regular expression: ${(error as Error).message}`;
  }
  if (/^\/.*\/[a-z]*$/.test(source)) {
    return 'message is written between slashes, which no finding has: leave them out';
  }
  const countsTooFar =
    'message counts too far, as .{1,500} does, which takes long on a long text: write .* instead';
  const counts = [...source.matchAll(/\{(?:\d+,)?(\d+),?\}/g)].map(([, most]) => Number(most));
  // Writing them all out would take long, too.
  if (counts.reduce((sum, most) => sum + most, 0) > maxAddedSteps) return countsTooFar;
  if (!isLinear(source)) {
    return 'message has what cannot be matched in a time that is known: leave out look-aheads, look-behinds and references like \\1';
  }
  if (counts.length > 0 && addedSteps(source) > 2 * maxAddedSteps) return countsTooFar;
  if (!isSimple(source, { limit: Number.POSITIVE_INFINITY })) {
    return 'message repeats what is repeated already, as (a+)+ does, which takes for ever on a long text: make it simpler';
  }
  return undefined;
}

function addedSteps(source: string): number {
  return expressionOf(source).programSize() - source.length;
}

function isLinear(source: string): boolean {
  // RE2JS takes the \k of a reference by name for a letter.
  if (/(?<!\\)(?:\\\\)*\\k</.test(source)) return false;
  try {
    expressionOf(source);
    return true;
  } catch {
    return false;
  }
}
