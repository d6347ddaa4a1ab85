// Several tenants side by side: what `npm run overview` shows in each of its forms.
import { bindsSenderOnly } from '../../protocol/catalogue.ts';
import { verdictsFromWorst } from '../../verdict/comparison.ts';
import type {
  ConformanceReport,
  History,
  RequirementReport,
  RequirementVerdict,
} from '../../verdict/report-types.ts';
import { historyById } from '../history-in-words.ts';

export interface TenantReport {
  name: string;
  /** The folder with its reports, as links name it. */
  folder: string;
  report: ConformanceReport;
}

export interface Overview {
  /** Worst first. */
  tenants: TenantSummary[];
  /** The areas of the documents, each with the worst verdict of each tenant, in the order of `tenants`. */
  areas: { area: string; verdicts: Cell[] }[];
  /** The requirements that do not pass everywhere, or come and go, worst first. */
  requirements: {
    id: string;
    level: string;
    title: string;
    verdicts: Cell[];
    /** Since when each tenant breaks it, or how often it came and went, in words; null: there is nothing to say. */
    history: (string | null)[];
  }[];
  /** The questions that the tenants answer differently. null: not asked. */
  observations: { ambiguity: string; question: string; answers: (string | null)[] }[];
}

/** undefined: the run has no such requirement. */
export type Cell = RequirementVerdict | undefined;

export interface TenantSummary {
  name: string;
  folder: string;
  verdict: ConformanceReport['verdict'];
  reasons: string[];
  startedAt: string;
  counts: Partial<Record<RequirementVerdict, number>>;
  cause: string | null;
  /** Since the run before. null: there is none to compare with. */
  news: { newlyFailing: string[]; newlyPassing: string[]; newToSuite: string[] } | null;
  /** How its nights went. null: they are not compared. */
  runs: History['runs'] | null;
}

const runsFromWorst: readonly ConformanceReport['verdict'][] = [
  'error',
  'non-conformant',
  'list-needs-tidying',
  'inconclusive',
  'partial',
  'conformant',
];

export function overviewOf(reports: readonly TenantReport[]): Overview {
  const sorted = reports.toSorted(
    (one, other) =>
      rank(runsFromWorst, one.report.verdict) - rank(runsFromWorst, other.report.verdict) ||
      failing(other.report) - failing(one.report) ||
      one.name.localeCompare(other.name),
  );
  const rows = rowsOf(sorted);
  return {
    tenants: sorted.map(summaryOf),
    areas: [...Map.groupBy(rows, ({ area }) => area)].map(([area, some]) => ({
      area,
      verdicts: sorted.map((_, column) => worstOf(some.map(({ verdicts }) => verdicts[column]))),
    })),
    requirements: rows
      .filter(({ verdicts, history }) => verdicts.some((one) => one !== 'pass') || history.some(Boolean))
      .sort((one, other) => badness(one.verdicts) - badness(other.verdicts))
      .map(({ area: _, ...row }) => row),
    observations: observationsOf(sorted),
  };
}

function summaryOf({ name, folder, report }: TenantReport): TenantSummary {
  const { verdict, reasons, startedAt, causes, comparison, history } = report;
  const counts: TenantSummary['counts'] = {};
  for (const one of binding(report)) counts[one.verdict] = (counts[one.verdict] ?? 0) + 1;
  const idsOf = (changes: readonly { id: string }[]) => changes.map(({ id }) => id);
  return {
    name,
    folder,
    verdict,
    reasons,
    startedAt,
    counts,
    cause: causes[0]?.message ?? null,
    news: comparison && {
      newlyFailing: idsOf(comparison.newlyFailing),
      newlyPassing: idsOf(comparison.newlyPassing),
      newToSuite: idsOf(comparison.newToSuite ?? []),
    },
    runs: history?.runs ?? null,
  };
}

/** What binds the sender only is judged by no run. */
function binding({ requirements }: ConformanceReport): RequirementReport[] {
  return requirements.filter((one) => !bindsSenderOnly(one));
}

function rowsOf(reports: readonly TenantReport[]) {
  const byId = reports.map(({ report }) => new Map(binding(report).map((one) => [one.id, one])));
  const histories = reports.map(({ report }) => historyById(report));
  const all = new Map(byId.flatMap((some) => [...some]));
  return [...all.values()].map(({ id, level, title, area }) => ({
    id,
    level,
    title,
    area,
    verdicts: byId.map((some): Cell => some.get(id)?.verdict),
    history: histories.map((some) => some.get(id) ?? null),
  }));
}

function observationsOf(reports: readonly TenantReport[]): Overview['observations'] {
  const all = new Map(
    reports.flatMap(({ report }) =>
      report.observations.map((one) => [`${one.ambiguity} ${one.question}`, one] as const),
    ),
  );
  return [...all.values()].flatMap(({ ambiguity, question }) => {
    const answers = reports.map(
      ({ report }) =>
        report.observations.find((one) => one.ambiguity === ambiguity && one.question === question)?.answer ??
        null,
    );
    const isTheSame = new Set(answers.filter((one) => one !== null)).size < 2;
    return isTheSame ? [] : [{ ambiguity, question, answers }];
  });
}

function failing(report: ConformanceReport): number {
  return binding(report).filter(({ verdict }) => verdict === 'fail').length;
}

function worstOf(verdicts: readonly Cell[]): Cell {
  return verdictsFromWorst.find((one) => verdicts.includes(one));
}

/** The smaller the worse: first by the worst verdict, then by how many tenants have it. */
function badness(verdicts: readonly Cell[]): number {
  const worst = worstOf(verdicts);
  const count = verdicts.filter((one) => one === worst).length;
  return (worst ? rank(verdictsFromWorst, worst) : verdictsFromWorst.length) * 1000 - count;
}

function rank<Verdict>(fromWorst: readonly Verdict[], verdict: Verdict): number {
  return fromWorst.indexOf(verdict);
}
