// What the profile lists as known to be broken.
import type { RequirementId } from '../src/protocol/catalogue.ts';
import type { ConformanceWorld } from './world.ts';

/** Whether it is listed: then it explains no other refusal, which may be a new one. */
export function isListed({ session }: ConformanceWorld, requirement: RequirementId): boolean {
  return session.judging.deviations.some((one) => one.requirement === requirement);
}
