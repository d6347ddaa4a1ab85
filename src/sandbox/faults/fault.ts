// A deliberate deviation of the sandbox. It proves that the suite would notice the same deviation of a tenant.
import type { RequirementId } from '../../protocol/catalogue.ts';
import type { Behaviour } from '../behaviour.ts';

export interface Fault {
  /** Words with hyphens, for --fault: accepts-a-wrong-signature. */
  name: string;
  /** The requirement that the tenant breaks: a run has to find this one broken. */
  breaks: RequirementId;
  /** Further requirements whose scenarios may notice it, for the quick form of the proof. */
  seenBy?: readonly RequirementId[];
  /** What the tenant does, in one sentence. */
  description: string;
  /** What replaces the documented behaviour; called for each sandbox, so that a fault may keep state. */
  behaviour: () => Partial<Behaviour>;
}
