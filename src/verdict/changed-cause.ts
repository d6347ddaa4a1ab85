// Whether a requirement has the same verdict as before, but for another cause.
import { findingKind } from './finding-kind.ts';
import type { ChangedRequirement, RequirementReport } from './report-types.ts';

/** The verdicts whose cause may change while they stay. */
const withCauses: readonly string[] = ['fail', 'warning', 'inconclusive'];

/** Both causes, when something was found that was not found before. */
export function changedCause(
  before: RequirementReport,
  after: RequirementReport,
): Pick<ChangedRequirement, 'message' | 'before'> | undefined {
  if (before.verdict !== after.verdict || !withCauses.includes(after.verdict)) return undefined;
  const [earlier, later] = [causesOf(before), causesOf(after)];
  const added = [...later].find(([cause]) => !earlier.has(cause))?.[1];
  if (!added || earlier.size === 0) return undefined;
  // Two messages of one kind differ in the status of the answer only.
  const alike = [...earlier.values()].find(({ kind }) => kind === added.kind);
  const withStatus = ({ message, status }: Cause) => `${message} (${status})`;
  if (alike) return { message: withStatus(added), before: withStatus(alike) };
  const [first] = earlier.values();
  return { message: added.message, before: first!.message };
}

interface Cause {
  message: string;
  kind: string;
  /** Of the answer; empty when the finding is not about one. */
  status: string;
}

function causesOf({ verdict, findings, reason }: RequirementReport): Map<string, Cause> {
  const own = findings.filter((one) => one.verdict === verdict);
  const causes = own.map((one): Cause => {
    const status = /^[1-5]\d\d\b/.exec(one.actual)?.[0] ?? 'no status';
    return { message: one.message, kind: findingKind(one.message), status };
  });
  if (own.length === 0 && reason) causes.push({ message: reason, kind: findingKind(reason), status: '' });
  return new Map(causes.map((cause) => [`${cause.kind} ${cause.status}`, cause]));
}
