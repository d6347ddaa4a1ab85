// What an answer shows of the tenant, as far as traffic that nobody planned can show it: the form of a success, a
// failure of its own, a refusal without a reason. Whether a refusal was right depends on what only the tenant knows.

import type { SentRecord } from '../../logs/log-entry.ts';
import {
  type Answer,
  isRefusal,
  isSuccess,
  judgeAccepted,
  judgeRefusedWithReason,
} from '../../protocol/answers.ts';
import { judgeAssigned } from '../../protocol/assignment.ts';
import type { Finding } from '../../protocol/finding.ts';
import { sentence } from '../../protocol/problems.ts';
import { assignmentProblems, hooksBodyProblems, isObject } from '../../protocol/requests.ts';
import { isAssignment } from '../../protocol/sent-request.ts';

export function tenantFindings(asked: SentRecord, answer: Answer): Finding[] {
  // Of the way to the tenant, not of the tenant (design, verdict policy).
  if ([429, 502, 503, 504].includes(answer.status)) return [];
  if (answer.status === 401 || answer.status === 403) return [];
  return asked.url !== undefined && isAssignment(asked.url)
    ? ofAssignment(asked, answer)
    : ofHooks(asked, answer);
}

function ofHooks({ body }: SentRecord, answer: Answer): Finding[] {
  const [wrong] = hooksBodyProblems(body);
  if (wrong) return judgeRefusedWithReason(answer, 'HOOKS-ERR-02', sentence(wrong)).findings;
  if (isRefusal(answer)) {
    const why = 'the tenant found something wrong with the request';
    return judgeRefusedWithReason(answer, 'HOOKS-ERR-02', why).findings;
  }
  return judgeAccepted(answer, 'HOOKS-RESP-01').findings;
}

function ofAssignment({ url, body }: SentRecord, answer: Answer): Finding[] {
  const query = Object.fromEntries(new URL(url!, 'http://any').searchParams);
  const given: Record<string, unknown> = { ...query, ...(isObject(body) ? body : {}) };
  const [wrong] = assignmentProblems(given);
  if (wrong) return judgeRefusedWithReason(answer, 'ASSIGN-ERR-01', sentence(wrong)).findings;
  if (!isSuccess(answer)) return [];
  const { callbackUrl, orgId, botSessionId, aId, queueId } = given as Record<string, string>;
  const target = aId === undefined ? { queueId: queueId! } : { aId };
  const assignment = { callbackUrl: callbackUrl!, orgId: orgId!, botSessionId: botSessionId!, target };
  return judgeAssigned(answer, assignment, 'ASSIGN-RESP-01').findings;
}
