// What a run of the suite shows about a tenant that is known to be broken or known to be conformant. Pure.

import { requirement } from '../protocol/catalogue.ts';
import type { Proof } from '../protocol/generated/schema-types.ts';
import type { Fault } from '../sandbox/faults/fault.ts';
import type { RequirementReport } from '../verdict/report-types.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import type { JudgedRun, JudgedScenario, SuiteResult } from './judged-run.ts';
import { isTagged } from './selection.ts';

export type FaultResult = Proof['faults'][number];
export type VariationResult = Proof['variations'][number];
export type ConformantResult = Proof['unfaulted'];
type Alarm = ConformantResult['alarms'][number];

/** How the scenarios were run. */
export interface RunInfo {
  wholeSuite: boolean;
  seconds: number;
}

export function faultResult(fault: Fault, ran: SuiteResult, info: RunInfo): FaultResult {
  const { name, breaks, description: says } = fault;
  const { level } = requirement(breaks);
  const common = { name, breaks, level, says, ...info };
  if ('trouble' in ran) {
    const nothing = { verdict: null, message: null, others: [], scenarios: 0, unrelatedDown: 0 };
    return { ...common, ...nothing, outcome: 'not judged', trouble: ran.trouble };
  }
  const own = ran.report.requirements.find(({ id }) => id === breaks)!;
  const others = ran.report.requirements.filter((one) => one !== own && isBroken(one)).map(alarmOf);
  return {
    ...common,
    outcome: isKilledBy(own) ? 'killed' : others.length > 0 ? 'killed by another' : 'survived',
    verdict: own.verdict,
    message: alarmOf(own).message,
    others,
    trouble: null,
    scenarios: ran.scenarios.length,
    unrelatedDown: ran.scenarios.filter((scenario) => isDown(scenario) && !isRelated(scenario, own)).length,
  };
}

/** A broken must fails; a broken should is only a warning. */
function isKilledBy({ level, verdict }: RequirementReport): boolean {
  return verdict === (level === 'must' ? 'fail' : 'warning');
}

function isBroken({ verdict }: RequirementReport): boolean {
  return verdict === 'fail' || verdict === 'warning';
}

function isDown({ verdict }: JudgedScenario): boolean {
  return verdict === null || !['pass', 'recorded', 'not-applicable'].includes(verdict);
}

/** Whether a scenario is tagged with a requirement or has a finding about it: some are checked in every success. */
function isRelated(scenario: JudgedScenario, { id, findings }: RequirementReport): boolean {
  return (
    isTagged(scenario, [id]) || findings.some((one) => one.scenario === `${scenario.uri}:${scenario.line}`)
  );
}

function alarmOf({ id, verdict, findings, reason }: RequirementReport): Alarm {
  return { requirement: id, verdict, message: findings[0]?.message ?? reason ?? '' };
}

/**
 * Anything but green is a defect of the suite: the tenant has none.
 * @param warned the shoulds that the tenant leaves undone: for these a warning is right, and needs not come
 */
export function conformantResult(
  ran: SuiteResult,
  seconds: number,
  warned: readonly string[] = [],
): ConformantResult {
  if ('trouble' in ran) {
    return { outcome: 'not judged', alarms: [], trouble: ran.trouble, scenarios: 0, seconds };
  }
  const alarms = ran.report.requirements
    .filter((one) => isAlarm(one, warned))
    .sort(worstFirst)
    .map(alarmOf);
  const trouble = alarms.length > 0 ? null : whyNotGreen(ran, warned);
  const outcome = alarms.length > 0 ? 'false alarm' : trouble ? 'not judged' : 'green';
  return { outcome, alarms, trouble, scenarios: ran.scenarios.length, seconds };
}

function isAlarm({ id, verdict }: RequirementReport, warned: readonly string[]): boolean {
  if (verdict === 'warning' && warned.includes(id)) return false;
  return !['pass', 'not-tested', 'not-applicable'].includes(verdict);
}

function worstFirst(one: RequirementReport, other: RequirementReport): number {
  return Number(isBroken(other)) - Number(isBroken(one));
}

function whyNotGreen({ report, scenarios }: JudgedRun, warned: readonly string[]): string | null {
  // A proof may run only the scenarios that matter.
  if (report.verdict !== 'conformant' && report.verdict !== 'partial')
    return `the run is ${report.verdict}: ${report.reasons.join('; ')}`;
  const down = scenarios
    .filter((scenario) => isDown(scenario) && !(scenario.verdict === 'warning' && warned.length > 0))
    .map(({ uri, line, verdict }) => `${uri}:${line} ${verdict && verdictLabel(verdict)}`);
  return down.length > 0 ? `not green: ${down.join(', ')}` : null;
}
