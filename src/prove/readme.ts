// The README with current figures.
import type { Pickle } from '@cucumber/messages';
import { tenantRequirements, whyUntestable } from '../protocol/catalogue.ts';
import { figures } from './figures.ts';
import type { Measured } from './measured.ts';

/** @throws Error when the text has no place for a figure */
export function withFigures(
  readme: string,
  scenarios: readonly Pickle[],
  measured: Measured,
  smoke: { scenarios: number; requests: number },
): string {
  const { requests, mutants, mutationScore } = measured;
  const recorded = scenarios.filter(({ tags }) => tags.some(({ name }) => name === '@observe')).length;
  const tested = tenantRequirements.filter((entry) => !whyUntestable(entry)).length;
  const places: [place: RegExp, figure: string][] = [
    [/(?<=<!-- proof -->)[^<]*(?=<!-- \/proof -->)/, figures()],
    [
      /(?<=<!-- mutants -->)[^<]*(?=<!-- \/mutants -->)/,
      `${mutationScore.toFixed(1)} % of ${mutants} mutants`,
    ],
    [
      /(?<=^scenarios +)\d.*$/m,
      `${scenarios.length}: ${recorded} recorded, ${scenarios.length - recorded} pass`,
    ],
    [/(?<=^requirements +)\d+ of the \d+/m, `${tested} of the ${tenantRequirements.length}`],
    [/(?<=^requests +)\d+/m, String(requests)],
    [
      /(?<=<!-- smoke -->)[^<]*(?=<!-- \/smoke -->)/,
      `${smoke.scenarios} scenarios, ${smoke.requests} requests`,
    ],
  ];
  return places.reduce((text, [place, figure]) => {
    if (!place.test(text)) throw new Error(`README.md has no place for "${figure}": ${place}`);
    return text.replace(place, figure);
  }, readme);
}
