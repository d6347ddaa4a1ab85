// conformance.html: the report of a run for people, in one file that needs nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ScenarioResult } from '../../verdict/collector.ts';
import type { ConformanceReport } from '../../verdict/report-types.ts';
import { findingGroups, findingsSection } from './findings.ts';
import { html, inward, Markup } from './html.ts';
import { coverageSection, observationsSection } from './observations.ts';
import { requirementsSection } from './requirements.ts';
import { scenariosSection } from './scenarios.ts';
import { triageSection } from './triage.ts';
import { verdictSection, verdictWords } from './verdict.ts';
import { moment } from './words.ts';

const style = ['base', 'verdicts', 'top', 'findings', 'requirements', 'scenarios', 'narrow', 'print']
  .map((name) => ownFile(`style/${name}.css`))
  .join('');
const script = ownFile('page.js');

/** With the line ends that a browser makes of them: the hash is taken of those. */
function ownFile(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
}

/** Nothing but the page's own script may run, and nothing may be loaded: what a tenant answers is quoted in it. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @param scenarios redacted, as the report is */
export function conformancePage(report: ConformanceReport, scenarios: readonly ScenarioResult[]): string {
  const groups = findingGroups(report);
  const ids = new Set(report.requirements.map(({ id }) => id));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${verdictWords[report.verdict]}: ${report.tenant.profile ?? report.tenant.url}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the findings</a>
${verdictSection(report)}
${contents()}
<main id="main" tabindex="-1">
${triageSection(report)}
${findingsSection(groups)}
${requirementsSection(report, groups)}
${observationsSection(report)}
${scenariosSection(scenarios, groups, ids)}
${coverageSection(report)}
</main>
<footer><p>${report.suite.name} ${report.suite.version}, ${moment(report.startedAt)}. Every request and answer is in evidence.ndjson, beside this page.</p></footer>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function contents(): Markup {
  const sections: [id: string, name: string][] = [
    ['triage', 'At one glance'],
    ['findings', 'Findings'],
    ['requirements', 'Requirements'],
    ['observations', 'Readings'],
    ['scenarios', 'Scenarios'],
    ['coverage', 'Coverage'],
  ];
  return html`<nav aria-label="Parts of this page"><ul>${sections.map(([id, name]) => html`<li>${inward(id, name)}</li>`)}</ul></nav>`;
}
