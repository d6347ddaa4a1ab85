// What an answer shows about the tenant in traffic that nobody planned: the form of a success, an error of its own, a
// refusal without a reason. Whether a refusal was right is not judged: it depends on what only the tenant knows.

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
import { bodyInWords } from '../../protocol/request-in-words.ts';
import { assignmentProblems, hooksBodyProblems, isObject } from '../../protocol/requests.ts';
import { isAssignment } from '../../protocol/sent-request.ts';

export function tenantFindings(request: SentRecord, answer: Answer): Finding[] {
  // These are about the connection to the tenant, not about the tenant (src/verdict/policy.ts).
  if ([429, 502, 503, 504].includes(answer.status)) return [];
  if (answer.status === 401 || answer.status === 403) return [];
  return request.url !== undefined && isAssignment(request.url)
    ? ofAssignment(request, answer)
    : ofHooks(request, answer);
}

function ofHooks({ body }: SentRecord, answer: Answer): Finding[] {
  const [wrong] = hooksBodyProblems(body);
  if (wrong) return judgeRefusedWithReason(answer, 'HOOKS-ERR-02', sentence(wrong)).findings;
  if (isRefusal(answer)) {
    const why = 'the tenant found something wrong with the request';
    return judgeRefusedWithReason(answer, 'HOOKS-ERR-02', why).findings;
  }
  return judgeAccepted(answer, 'HOOKS-RESP-01', bodyInWords(body)).findings;
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
