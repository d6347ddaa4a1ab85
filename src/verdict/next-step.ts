// What to do about the result of a run: the setting to change, the command to run, or the words for the tenant's team.
import { isAboutReach } from '../tenant/callback-reach.ts';
import { counted } from '../text/count.ts';
import { formatInstant } from '../text/time.ts';
import { truncate } from '../text/truncate.ts';
import { explaining, inconclusiveCauses, leadingFinding } from './causes.ts';
import { lostInWords } from './lost-requests.ts';
import type { ConformanceReport, RequirementReport } from './report-types.ts';

type Judged = Omit<ConformanceReport, 'next'>;
type NextStep = ConformanceReport['next'];

/** @param updatesDeviations whether the run itself takes out of the list what is no longer needed */
export function nextStep(report: Judged, updatesDeviations = false): NextStep {
  if (report.verdict === 'list-needs-tidying' && updatesDeviations)
    return step('Run again: this run takes out of the list of known deviations what is no longer needed.');
  return steps[report.verdict](report);
}

const steps: Record<ConformanceReport['verdict'], (report: Judged) => NextStep> = {
  error: afterError,
  'non-conformant': (report) => ({
    do: 'Send this to the team of the tenant.',
    copy: letter(report, 'breaks', having(report, 'fail')),
  }),
  'list-needs-tidying': ({ tenant }) => ({
    do: 'Take out of the list of known deviations what is no longer needed. This does it:',
    copy: `npm test -- ${ofProfile(tenant)}--update-deviations`,
  }),
  inconclusive: afterInconclusive,
  partial: (report) => withoutBreach(report),
  conformant: (report) => withoutBreach(report),
};

function afterError({ scenarios, reasons }: Judged): NextStep {
  const expired = reasons.find((reason) => /expired on \d/.test(reason));
  if (scenarios.harnessErrors > 0)
    return step('The harness failed, not the tenant: put right what the first error names, and run again.');
  if (expired) return step('Correct the list of known deviations, and run again.', expired.split(' ')[0]);
  return step('Put right what is named as the reason, and run again.');
}

function afterInconclusive(report: Judged): NextStep {
  const { reasons, tenant, requests, scenarios, lostRequests, requirements } = report;
  if (reasons.some((reason) => /^Shard \d+\/\d+ /.test(reason)))
    return step('Run the shards again that are named as the reason, and merge anew.');
  const [limit] = /MAX_REQUESTS_PER_MINUTE=\d+/.exec(reasons.join(' ')) ?? [];
  if (limit) return step(`Set this in ${envFile(tenant)}, and run again.`, limit);
  if (requests === 0)
    return step('The doctor looks at the settings one by one:', `npm run doctor ${profileOf(tenant)}`.trim());
  if (lostRequests.length > 0)
    return step('Run again. If it stays like this, send this to the team of the tenant.', lossLetter(report));
  if (scenarios.notRun > 0) return step('Run again, to the end.');
  if (requirements.some(({ reason }) => reason?.includes('(TENANT_BOT_SESSION_ID)')))
    return step(
      `Name a bot session that can be transferred again in ${envFile(tenant)}, and run again.`,
      'TENANT_BOT_SESSION_ID=',
    );
  const causes = inconclusiveCauses(requirements);
  if (causes.some(({ message }) => isAboutReach(message)))
    return step(
      'Let the doctor look at CALLBACK_PUBLIC_URL. Then run again; during the run, any request from outside to that address shows that it can be reached:',
      `npm run doctor ${profileOf(tenant)}`.trim(),
    );
  const open = causes.flatMap((cause) => cause.requirements);
  return open.length > 0
    ? step('Send this to the team of the tenant.', letter(report, 'leaves open', [...new Set(open)]))
    : step('Select scenarios that this tenant can be judged by.');
}

function withoutBreach(report: Judged): NextStep {
  const { tenant, requirements, selection } = report;
  const unset = new Set(requirements.flatMap(({ reason }) => /^not set: (.*)/.exec(reason ?? '')?.[1] ?? []));
  if (unset.size > 0) {
    const names = new Set([...unset].flatMap((list) => list.match(/[A-Z][A-Z_]+/g) ?? []));
    const count = having(report, 'not-applicable').length;
    return step(
      `Set these in ${envFile(tenant)} to have ${counted(count, 'more requirement')} tested.`,
      [...names].map((name) => `${name}=`).join('\n'),
    );
  }
  const warnings = having(report, 'warning');
  if (warnings.length > 0)
    return step(
      'Nothing has to be done. The team of the tenant may want to know this.',
      letter(report, 'does not do as recommended by', warnings),
    );
  if (tenant.embedded)
    return step('Name a tenant in .env (TENANT_URL), and let the doctor look at it:', 'npm run doctor');
  if (!selection.whole)
    return step('Run the whole suite for a verdict on the tenant.', `npm test ${profileOf(tenant)}`.trim());
  return null;
}

function step(what: string, copy: string | null = null): NonNullable<NextStep> {
  return { do: what, copy };
}

function having({ requirements }: Judged, verdict: RequirementReport['verdict']): RequirementReport[] {
  const levels = ['must', 'should', 'may'];
  return requirements
    .filter((one) => one.verdict === verdict)
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}

function envFile({ profile }: Judged['tenant']): string {
  return profile === null ? '.env' : `.env.${profile}`;
}

function ofProfile({ profile }: Judged['tenant']): string {
  return profile === null ? '' : `--tenant ${profile} `;
}

function profileOf(tenant: Judged['tenant']): string {
  return tenant.profile === null ? '' : `-- ${ofProfile(tenant)}`.trim();
}

const maxIds = 12;
const maxText = 400;
/** A longer command is not readable in a message; the reports have it. */
const maxCommand = 2000;

/** Plain text for the tenant's team: they have neither the suite nor its reports. */
function letter(report: Judged, does: string, about: readonly RequirementReport[]): string {
  const [cause] = explaining(report);
  const [first] = about;
  const found = first && leadingFinding(first);
  const repeat = cause?.first.repeat ?? found?.exchange?.repeat ?? '';
  return [
    `${addressed(report)} ${does} ${counted(about.length, 'requirement')} of the documents of Agent AI.`,
    ...(cause ? [`Probably one cause: ${truncate(cause.message, maxText)}.`] : []),
    ...(cause ? [`For example: ${cause.first.event}.`] : []),
    ...(first && !cause ? [`The first: ${exampleOf(first)}`] : []),
    ...(about.length > 1 ? [`All: ${listed(about)}`] : []),
    ...(repeat !== '' && repeat.length <= maxCommand ? [`To repeat it: ${repeat}`] : []),
  ].join('\n');
}

function addressed({ tenant, startedAt }: Judged): string {
  return `The tenant ${tenant.url} (bot ${tenant.botId}), tested on ${formatInstant(startedAt)},`;
}

function exampleOf(requirement: RequirementReport): string {
  const { id, level, title, reason, findings } = requirement;
  const found = leadingFinding(requirement);
  const head = `${id} (${level}), "${title}".`;
  if (!found) return `${head} ${truncate(reason ?? '', maxText)}`;
  const times = findings.filter(({ verdict }) => verdict === requirement.verdict).length;
  const seen = times > 1 ? ` Seen ${times} times.` : '';
  const sent = found.exchange ? ` Sent: ${truncate(found.exchange.event, maxText)}.` : '';
  return `${head}${seen}${sent} Expected: ${truncate(found.expected, maxText)}. Answer: ${truncate(found.actual, maxText)}`;
}

function listed(requirements: readonly RequirementReport[]): string {
  const more = requirements.length - maxIds;
  const ids = requirements.slice(0, maxIds).map(({ id }) => id);
  return ids.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function lossLetter(report: Judged): string {
  const until = new Date(Date.parse(report.startedAt) + report.durationMs).toISOString();
  const [first] = report.lostRequests;
  return [
    `${addressed(report)} gave no answer that can be judged to some requests until ${formatInstant(until)}.`,
    `${lostInWords(first!)}.`,
    'Please look at the log of the tenant, and of what stands before it, for that time.',
  ].join('\n');
}
