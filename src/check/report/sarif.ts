// A check as SARIF 2.1.0, for code scanning and editors: a result for each finding, at its line of the log.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };
import type { LogPosition } from '../../logs/log-entry.ts';
import { type RequirementId, requirement } from '../../protocol/catalogue.ts';
import { terminalJson } from '../../text/json.ts';
import { oneLine } from '../../text/one-line.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding } from '../result.ts';
import type { CheckReporter, ReportContext, Write } from './report.ts';
import { basisOf, describeRefusal, ruleVerdict } from './wording.ts';

/** Results of one rule: a sender may break it in every conversation, which is too much for any reader. */
const maxResults = 1000;
/** Characters of a text from a log. */
const maxLength = 400;

interface Rule {
  index: number;
  found: number;
}

export class SarifReport implements CheckReporter {
  readonly #context: ReportContext;
  readonly #write: Write;
  readonly #rules = new Map<RequirementId, Rule>();
  readonly #results: object[] = [];

  constructor(context: ReportContext, write: Write) {
    this.#context = context;
    this.#write = write;
  }

  conversation({ conversationId, findings }: CheckedConversation): void {
    for (const finding of findings) this.#add(finding, conversationId);
  }

  finding(finding: PlacedFinding): void {
    this.#add(finding);
  }

  end(summary: CheckSummary): void {
    const run = {
      tool: {
        driver: {
          name: manifest.name,
          semanticVersion: manifest.version,
          rules: [...this.#rules.keys()].map(ruleDescription),
        },
      },
      columnKind: 'utf16CodeUnits',
      invocations: [
        {
          executionSuccessful: summary.verdict !== 'inconclusive',
          endTimeUtc: this.#context.at.toISOString(),
          toolExecutionNotifications: [...skippedNotifications(summary, this.#context), ...this.#leftOut()],
        },
      ],
      results: this.#results,
      properties: {
        verdict: summary.verdict,
        reasons: summary.reasons.map(line),
        read: summary.read.map(line),
        rules: summary.coverage,
        refusals: summary.refusals.map((one) => line(describeRefusal(one))),
        totals: summary.totals,
      },
    };
    const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
    this.#write(`${terminalJson({ $schema, version: '2.1.0', runs: [run] }, 2)}\n`);
  }

  #add(finding: PlacedFinding, conversationId?: string): void {
    const { requirement: id } = finding;
    const rule = this.#rules.get(id) ?? { index: this.#rules.size, found: 0 };
    this.#rules.set(id, rule);
    rule.found += 1;
    if (rule.found > maxResults) return;
    const { event, pointer } = finding;
    this.#results.push({
      ruleId: id,
      ruleIndex: rule.index,
      level: levels[ruleVerdict(finding, this.#context)] ?? 'note',
      message: message(finding.message),
      locations: [{ ...physical(finding, this.#context), ...logical(conversationId) }],
      partialFingerprints: { 'requirementInConversation/v1': fingerprint(id, conversationId) },
      properties: {
        ...(event === undefined ? {} : { event }),
        pointer: line(pointer),
        ...entry(finding, this.#context),
      },
    });
  }

  #leftOut(): object[] {
    return [...this.#rules]
      .filter(([, { found }]) => found > maxResults)
      .map(([id, { found }]) => ({
        level: 'note',
        message: message(`${id}: the first ${maxResults} of ${found} results are listed`),
        properties: { requirement: id, leftOut: found - maxResults },
      }));
  }
}

const levels: Partial<Record<ReturnType<typeof ruleVerdict>, string>> = { fail: 'error', warning: 'warning' };

function ruleDescription(id: RequirementId): object {
  const { title, level } = requirement(id);
  return {
    id,
    shortDescription: message(title),
    help: message(basisOf({ requirement: id })),
    properties: { level },
  };
}

function skippedNotifications({ skipped, totals }: CheckSummary, context: ReportContext): object[] {
  const notifications = skipped.map((one) => ({
    level: 'error',
    message: message(one.reason),
    locations: [physical(one, context)],
    ...(isHar(one, context) ? { properties: entry(one, context) } : {}),
  }));
  const left = totals.skipped - skipped.length;
  if (left === 0) return notifications;
  return [
    ...notifications,
    { level: 'error', message: message(`… and ${left} more that could not be read`) },
  ];
}

/** Without a line for a HAR: there the number is that of an entry. */
function physical(place: LogPosition, context: ReportContext): object {
  const region = isHar(place, context) ? {} : { region: { startLine: place.line } };
  return { physicalLocation: { artifactLocation: artifact(place.file), ...region } };
}

function entry(place: LogPosition, context: ReportContext): object {
  return isHar(place, context) ? { entry: place.line } : {};
}

function isHar({ file }: LogPosition, { hars }: ReportContext): boolean {
  return hars?.has(file) ?? false;
}

/** A relative path stays relative, so that a reader on another machine finds the log. */
function artifact(file: string): object {
  if (file === '-') return { uri: '-', description: message('standard input') };
  if (path.isAbsolute(file)) return { uri: pathToFileURL(file.toWellFormed()).href };
  const parts = path.normalize(file).toWellFormed().split(path.sep);
  return { uri: parts.map(encodeURIComponent).join('/') };
}

function logical(conversationId: string | undefined): object {
  if (conversationId === undefined) return {};
  return { logicalLocations: [{ name: line(conversationId), kind: 'conversation' }] };
}

/** The same for the same mistake in the same conversation, at any line of any log. */
function fingerprint(id: RequirementId, conversationId = ''): string {
  return createHash('sha256').update(`${id}\n${conversationId}`).digest('hex').slice(0, 32);
}

function line(text: string): string {
  return oneLine(text, maxLength);
}

/** Escapes what SARIF would read as a placeholder, {0}, or a link, [words](address): here both are quoted text. */
function message(text: string): { text: string } {
  return { text: line(text).replace(/[{}]/g, '$&$&').replaceAll('](', '] (') };
}
