// The evidence of a scenario as steps of its Allure result: pictures of its conversations, then its exchanges.
import { randomUUID } from 'node:crypto';
import {
  ALLURE_HTTP_EXCHANGE_CONTENT_TYPE,
  ALLURE_HTTP_EXCHANGE_FILE_EXTENSION,
  Stage,
  Status,
  type StepResult,
} from 'allure-js-commons';
import { httpExchange } from '../evidence/http-exchange.ts';
import { pictures } from '../evidence/picture.ts';
import type { ScenarioRecord } from '../verdict/scenario-record.ts';

/** @param write writes a file beside the results */
export function evidenceSteps(
  { exchanges }: ScenarioRecord,
  write: (name: string, content: string) => void,
): StepResult[] {
  return [
    ...pictures(exchanges).map(({ title, svg }) => {
      const source = `${randomUUID()}-attachment.svg`;
      write(source, svg);
      return { ...step(title), attachments: [{ name: title, source, type: 'image/svg+xml' }] };
    }),
    ...exchanges.map((exchange, index) => {
      const source = `${randomUUID()}-attachment${ALLURE_HTTP_EXCHANGE_FILE_EXTENSION}`;
      write(source, JSON.stringify(httpExchange(exchange)));
      return exchangeStep(exchange, index, source);
    }),
  ];
}

function exchangeStep(
  exchange: ScenarioRecord['exchanges'][number],
  index: number,
  source: string,
): StepResult {
  const name = `${index + 1}  ${exchange.label} → ${exchange.answer?.status ?? exchange.failure?.kind}`;
  return {
    ...step(name),
    attachments: [{ name, source, type: ALLURE_HTTP_EXCHANGE_CONTENT_TYPE }],
    start: exchange.startedAt,
    stop: Math.round(exchange.startedAt + exchange.durationMs),
  };
}

function step(name: string): StepResult {
  return {
    name,
    status: Status.PASSED,
    statusDetails: {},
    stage: Stage.FINISHED,
    steps: [],
    attachments: [],
    parameters: [],
  };
}
