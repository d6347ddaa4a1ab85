// Fails and warnings at the lines of the features, as a CI shows them: commands of GitHub Actions, and a code quality report of
// GitLab.
import { createHash } from 'node:crypto';
import { terminalJson } from '../text/json.ts';
import { oneLine } from '../text/one-line.ts';
import type { ConformanceReport, FindingReport, RequirementReport } from '../verdict/report-types.ts';

interface Annotation {
  requirement: RequirementReport;
  verdict: 'fail' | 'warning';
  /** What is wrong, and in which scenario. */
  message: string;
  /** undefined when no scenario says anything of the requirement. */
  at: { file: string; line: number; scenario: string } | undefined;
}

const maxMessage = 500;

/** One for each requirement and scenario; fails come first, as a CI shows only so many. */
function annotationsOf({ requirements }: ConformanceReport): Annotation[] {
  const all = requirements.flatMap((requirement) => {
    const findings = requirement.findings.filter(({ verdict }) => ['fail', 'warning'].includes(verdict));
    const byScenario = Map.groupBy(findings, ({ scenario }) => scenario);
    return [...byScenario.values()].map((some) => annotationOf(requirement, some));
  });
  return all.sort((a, b) => a.verdict.localeCompare(b.verdict));
}

function annotationOf(requirement: RequirementReport, findings: readonly FindingReport[]): Annotation {
  const first = findings.find(({ verdict }) => verdict === 'fail') ?? findings[0]!;
  const { scenarios, id } = requirement;
  // What was found when the scenarios were over is shown at the first that is about it.
  const place = scenarios.find(({ uri, line }) => `${uri}:${line}` === first.scenario) ?? scenarios[0];
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  const where = place ? `, in "${place.name}"` : '';
  return {
    requirement,
    verdict: first.verdict as Annotation['verdict'],
    message: oneLine(`${id}: ${first.message}${more}${where}`, maxMessage),
    at: place && { file: place.uri, line: place.line, scenario: place.name },
  };
}

/** Lines for the log of a step. What others wrote is escaped, so that each line is the one command that it begins with. */
export function githubAnnotations(report: ConformanceReport): string {
  return annotationsOf(report)
    .map(({ requirement, verdict, message, at }) => {
      const properties = {
        ...(at ? { file: at.file, line: String(at.line) } : {}),
        title: `${requirement.id} (${requirement.level})`,
      };
      const list = Object.entries(properties).map(([name, value]) => `${name}=${githubProperty(value)}`);
      return `::${verdict === 'fail' ? 'error' : 'warning'} ${list.join(',')}::${githubText(message)}\n`;
    })
    .join('');
}

/** As the toolkit of GitHub does it. */
function githubText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function githubProperty(text: string): string {
  return githubText(oneLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** JSON. */
export function gitlabCodeQuality(report: ConformanceReport): string {
  const seen = new Map<string, number>();
  const entries = annotationsOf(report).map(({ requirement, verdict, message, at }) => {
    const { id, level } = requirement;
    // Without the line, which an edit above it changes.
    const key = JSON.stringify([id, at?.file, at?.scenario]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return {
      description: message,
      check_name: id,
      fingerprint: createHash('sha256').update(`${key} ${count}`).digest('hex'),
      severity: verdict === 'warning' ? 'minor' : level === 'must' ? 'critical' : 'major',
      location: { path: at?.file ?? 'features', lines: { begin: at?.line ?? 1 } },
    };
  });
  return `${terminalJson(entries, 2)}\n`;
}
