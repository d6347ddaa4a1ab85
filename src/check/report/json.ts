// A check for programs, described by schemas/check-report.schema.json. Writes each conversation when it is over, so that
// memory does not grow with the log.
import { requirement as requirementOf } from '../../protocol/catalogue.ts';
import type {
  CheckReport,
  ReportedConversation,
  ReportedFinding,
} from '../../protocol/generated/schema-types.ts';
import { terminalJson as json } from '../../text/json.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding } from '../result.ts';
import type { CheckReporter, Write } from './report.ts';

/** Findings on requests that belong to no conversation. They are kept, since they are written after all conversations. */
const maxFindings = 10_000;

export class JsonReport implements CheckReporter {
  readonly #write: Write;
  readonly #findings: string[] = [];
  #findingsLeftOut = 0;
  #separator = '';

  constructor(write: Write) {
    this.#write = write;
    write('{"conversations":[\n');
  }

  conversation({ conversationId, verdict, findings, further }: CheckedConversation): void {
    const reported: ReportedConversation = {
      conversationId,
      verdict,
      findings: findings.map(reportedFinding),
      ...(further.length > 0 ? { further: [...further] } : {}),
    };
    this.#write(this.#separator + json(reported));
    this.#separator = ',\n';
  }

  finding(finding: PlacedFinding): void {
    if (this.#findings.length < maxFindings) this.#findings.push(json(reportedFinding(finding)));
    else this.#findingsLeftOut += 1;
  }

  end({ skipped, refusals, coverage, read, reasons, totals, verdict }: CheckSummary): void {
    const rest: Omit<CheckReport, 'conversations' | 'findings'> = {
      findingsLeftOut: this.#findingsLeftOut,
      skipped: skipped.map(({ file, line, reason }) => ({ file, line, reason })),
      refusals: [...refusals],
      rules: { judged: [...coverage.judged], notJudged: [...coverage.notJudged] },
      read: [...read],
      reasons: [...reasons],
      totals,
      verdict,
    };
    this.#write(`\n],\n"findings":[\n${this.#findings.join(',\n')}\n],\n${json(rest).slice(1)}\n`);
  }
}

function reportedFinding(finding: PlacedFinding): ReportedFinding {
  const { requirement, level, message, file, line, event, pointer } = finding;
  return {
    requirement,
    level,
    ambiguity: [...(requirementOf(requirement).ambiguity ?? [])],
    message,
    file,
    line,
    ...(event === undefined ? {} : { event }),
    pointer,
  };
}
