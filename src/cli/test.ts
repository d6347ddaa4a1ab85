// `npm test`.
import './own-process.ts';

// Imported when Node keeps compiled code already.
const { main } = await import('../run/main.ts');
const { writeReports } = await import('../report/reports.ts');
process.exitCode = await main(process.argv.slice(2), {
  writeReports,
  // Few runs need it.
  openLastRun: async (folder) => (await import('../merge/rerun.ts')).openLastRun(folder),
});
