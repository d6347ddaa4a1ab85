// The formats of a report: --format NAME. Only the chosen one is loaded.
import { atTheEnd, type CheckReporter, type ReportContext, type Write } from './report.ts';
import type { Terminal } from './words.ts';

type Make = (context: ReportContext & Terminal, write: Write) => Promise<CheckReporter>;

export const formats = {
  words: async (context, write) => {
    const { words } = await import('./words.ts');
    return atTheEnd((summary) => words(summary, context), write);
  },
  json: async (_, write) => {
    const { JsonReport } = await import('./json.ts');
    return new JsonReport(write);
  },
  junit: async (context, write) => {
    const { junit } = await import('./junit.ts');
    return atTheEnd((summary) => junit(summary, context), write);
  },
  sarif: async (context, write) => {
    const { SarifReport } = await import('./sarif.ts');
    return new SarifReport(context, write);
  },
  markdown: async (context, write) => {
    const { markdown } = await import('./markdown.ts');
    return atTheEnd((summary) => markdown(summary, context), write);
  },
  html: async (context, write) => {
    const { html } = await import('./html.ts');
    return atTheEnd((summary) => html(summary, context), write);
  },
} satisfies Record<string, Make>;

export type Format = keyof typeof formats;
