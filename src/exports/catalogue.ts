// `agent-ai-conformance/catalogue`: the requirements, for tools of a team.
export {
  type AmbiguityId,
  catalogue,
  documentTitles,
  type Requirement,
  type RequirementId,
} from '../protocol/catalogue.ts';
