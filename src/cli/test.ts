// `npm test`.
import './own-process.ts';

// Imported when Node keeps compiled code already.
const { main } = await import('../run/main.ts');
const { writeReports } = await import('../report/reports.ts');
const { endWithWatcher, isWatched, sayVerdict } = await import('../run/watched.ts');
if (isWatched()) endWithWatcher();
process.exitCode = await main(process.argv.slice(2), {
  writeReports,
  // Few runs need it.
  openLastRun: async (folder) => (await import('../merge/rerun.ts')).openLastRun(folder),
  command: import.meta.filename,
  ...(isWatched() ? { judged: await verdictForWatcher() } : {}),
});

async function verdictForWatcher() {
  const { brief } = await import('../report/brief.ts');
  const { reportsDirOf } = await import('../tenant/settings.ts');
  return (run: Parameters<typeof brief>[0]) => sayVerdict(brief(run, reportsDirOf(process.env)));
}
