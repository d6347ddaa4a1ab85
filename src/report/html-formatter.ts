// Writes cucumber.html, with the requests and answers of each scenario as text. Cucumber's own formatter would only offer
// the record as a file to download, and it writes each message in small pieces.
import { rmSync } from 'node:fs';
import type { FormatterPlugin } from '@cucumber/cucumber/api';
import { CucumberHtmlStream } from '@cucumber/html-formatter';
import {
  type Attachment,
  AttachmentContentEncoding,
  type Envelope,
  TestStepResultStatus,
} from '@cucumber/messages';
import { curl } from '../evidence/curl.ts';
import { brief } from '../protocol/answers.ts';
import { recordOf, scenarioRecordType } from '../verdict/collector.ts';
import type { ScenarioRecord } from '../verdict/scenario-record.ts';
import { FailingSteps } from './failing-step.ts';
import { noteReport } from './report-files.ts';

const pieceLength = 64 * 1024;

/** The page shows Markdown of features, which may name an image: nothing is loaded from anywhere. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; media-src data:; font-src data:; base-uri 'none'; form-action 'none'">`;

const formatter: FormatterPlugin = {
  type: 'formatter',
  formatter({ on, write, stream }) {
    const html = new CucumberHtmlStream();
    const steps = new FailingSteps();
    const failed = new Promise<never>((_, reject) => stream.on('error', reject));
    // Half a page would be taken for a whole one.
    failed.catch(() => rmSync(String((stream as { path?: unknown }).path), { force: true }));
    let finished: Promise<void> | undefined;
    let pieces = '';
    let isGuarded = false;
    html.on('data', (chunk: Buffer | string) => {
      const text = String(chunk);
      pieces += isGuarded ? text : text.replace('<head>', `<head>${policy}`);
      isGuarded ||= text.includes('<head>');
      if (pieces.length < pieceLength) return;
      write(pieces);
      pieces = '';
    });
    const finish = async () => {
      const ended = Promise.withResolvers<void>();
      html.on('end', ended.resolve).on('error', ended.reject);
      html.end();
      await ended.promise;
      write(pieces);
      const flushed = Promise.withResolvers<void>();
      stream.write('', () => flushed.resolve());
      await Promise.race([flushed.promise, failed]);
    };
    on('message', (message) => {
      for (const one of steps.take(message)) html.write(readable(one));
      // Nothing comes after it, and the summary has to know what became of this file.
      if (!message.testRunFinished) return;
      finished = finish();
      noteReport('cucumber.html', finished);
    });
    // Cucumber closes the file after this. What could not be written is noted above.
    return async () => finished?.catch(() => undefined);
  },
};

export default formatter;

function readable(message: Envelope): Envelope {
  const { attachment, testStepFinished: step } = message;
  if (attachment?.mediaType === scenarioRecordType) return { attachment: transcript(attachment) };
  if (step?.testStepResult.exception?.type !== 'Inconclusive') return message;
  // What could not be judged has not failed. Of cucumber's words, only pending is neither that nor passed.
  const testStepResult = { ...step.testStepResult, status: TestStepResultStatus.PENDING };
  return { testStepFinished: { ...step, testStepResult } };
}

function transcript(attachment: Attachment): Attachment {
  const { exchanges, observations, tidying = [] } = recordOf(attachment);
  const body = [
    ...[...exchanges, ...tidying].map(exchangeInWords),
    ...observations.map(({ ambiguity, question, answer }) => `${ambiguity}  ${question}\n   ${answer}`),
  ].join('\n\n');
  return {
    ...attachment,
    body,
    contentEncoding: AttachmentContentEncoding.IDENTITY,
    mediaType: 'text/plain',
    fileName: 'requests and answers.txt',
  };
}

function exchangeInWords(exchange: ScenarioRecord['exchanges'][number], index: number): string {
  const { answer, failure, label, request, durationMs } = exchange;
  const outcome = failure ? failure.message : answer ? brief(answer) : 'no answer';
  return `${index + 1}  ${label}\n   ${curl(request)}\n   ${outcome}  (${durationMs} ms)`;
}
