// How a tenant reads what the documents leave open, as it was observed before. A change from it is a warning.

export interface ObservedAnswer {
  ambiguity: string;
  question: string;
  answer: string;
}

/** The earlier answer to the same question; undefined when it was not asked. */
export function answerBefore(
  observed: readonly ObservedAnswer[],
  asked: Pick<ObservedAnswer, 'ambiguity' | 'question'>,
): string | undefined {
  return observed.find((entry) => keyOf(entry) === keyOf(asked))?.answer;
}

/** By ambiguity and question. */
export function keyOf({ ambiguity, question }: Pick<ObservedAnswer, 'ambiguity' | 'question'>): string {
  return `${ambiguity} ${question}`;
}
