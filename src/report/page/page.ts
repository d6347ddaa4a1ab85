// conformance.html: the report of a run for people, in a single file.
import type { ScenarioResult } from '../../verdict/collector.ts';
import type { ConformanceReport } from '../../verdict/report-types.ts';
import { beforeByPlace } from '../again-in-words.ts';
import { contentsOf, ownFile, pageOf } from './document.ts';
import { findingsSection, placedGroups } from './findings.ts';
import { html, type Markup } from './html.ts';
import { coverageSection, observationsSection } from './observations.ts';
import { requirementsSection } from './requirements.ts';
import { scenariosSection } from './scenarios.ts';
import { triageSection } from './triage.ts';
import { verdictSection, verdictWords } from './verdict.ts';
import { moment } from './words.ts';

const script = ownFile('page.js');

/** @param scenarios redacted, like the report */
export function conformancePage(report: ConformanceReport, scenarios: readonly ScenarioResult[]): string {
  const groups = placedGroups(report);
  const ids = new Set(report.requirements.map(({ id }) => id));
  return pageOf({
    title: `${verdictWords[report.verdict]}: ${report.tenant.profile ?? report.tenant.url}`,
    top: verdictSection(report),
    contents: contents(),
    main: [
      triageSection(report),
      findingsSection(groups),
      requirementsSection(report, groups),
      observationsSection(report),
      scenariosSection(scenarios, groups, { ids, before: beforeByPlace(report) }),
      coverageSection(report),
    ],
    foot: html`${report.suite.name} ${report.suite.version}, ${moment(report.startedAt)}. Every request and answer is in evidence.ndjson, beside this page.`,
    script,
  });
}

function contents(): Markup {
  return contentsOf([
    ['triage', 'At a glance'],
    ['findings', 'Findings'],
    ['requirements', 'Requirements'],
    ['observations', 'Readings'],
    ['scenarios', 'Scenarios'],
    ['coverage', 'Coverage'],
  ]);
}
