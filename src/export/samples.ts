// The samples that the documents print, as examples of a description of the API.
import assignAnswers from '../../spec/samples/assign-answers.json' with { type: 'json' };
import assignRequests from '../../spec/samples/assign-requests.json' with { type: 'json' };
import hooksAnswers from '../../spec/samples/hooks-answers.json' with { type: 'json' };
import hooksEnd from '../../spec/samples/hooks-end.json' with { type: 'json' };
import hooksTransfers from '../../spec/samples/hooks-transfers.json' with { type: 'json' };
import hooksWebhook from '../../spec/samples/hooks-webhook.json' with { type: 'json' };
import { parseJson } from '../protocol/answers.ts';

interface Sample {
  document: string;
  section: string;
  /** How it differs from what is printed, and why. */
  repaired?: string;
  body: unknown;
  /** Of a curl: where it is sent. */
  sent?: { path: string };
  /** What keeps it from being a well-formed request. */
  defect?: object;
}

/** As OpenAPI has it. */
export interface Example {
  summary: string;
  description?: string;
  value: unknown;
}

export type Examples = Record<string, Example>;

const requests: readonly Sample[] = [...hooksWebhook, ...hooksTransfers, ...hooksEnd];

/** @param path before /{botId}; without it all of them, wherever they are sent */
export function hooksExamples(path?: string): Examples {
  const printed = requests.filter((one) => !one.defect);
  return examplesOf(printed.filter(({ sent }) => path === undefined || sent?.path.startsWith(`${path}/`)));
}

export function assignmentExamples(): Examples {
  return examplesOf(assignRequests);
}

/** The answer of a transfer, which is also its outcome. */
export function outcomeExamples(): Examples {
  return examplesOf(assignAnswers);
}

/** Of the hooks, those in JSON. */
export function answerExamples(status: number): Examples {
  const inJson = hooksAnswers
    .filter((one) => one.status === status)
    .map((one) => ({ ...one, body: parseJson(one.body) }));
  return examplesOf(inJson.filter(({ body }) => body !== undefined));
}

function examplesOf(samples: readonly Sample[]): Examples {
  return Object.fromEntries(
    samples.map(({ document, section, repaired, body }) => [
      nameOf(`${document} ${section}`),
      {
        summary: `${document}: ${section}`,
        ...(repaired === undefined ? {} : { description: `As printed, but for ${repaired}` }),
        value: body,
      },
    ]),
  );
}

/** Letters, digits and hyphens: the names of components may have no others. */
function nameOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '');
}
