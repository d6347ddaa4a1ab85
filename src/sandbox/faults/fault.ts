// A deliberate deviation of the sandbox: what proves that the suite would notice one of a tenant.
import type { RequirementId } from '../../protocol/catalogue.ts';
import type { Behaviour } from '../behaviour.ts';

export interface Fault {
  /** In words, as it is given to --fault: accepts-a-wrong-signature. */
  name: string;
  /** The requirement that the tenant breaks by it: the one that a run has to find broken. */
  breaks: RequirementId;
  /** What the tenant does, in one sentence. */
  says: string;
  /** What replaces the documented behaviour; called for each sandbox, so that a fault may remember what it has seen. */
  behaviour: () => Partial<Behaviour>;
}
