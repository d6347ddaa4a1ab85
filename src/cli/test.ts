// `npm test`. What Node compiles, and strips of types, is kept for the next run: that saves a third of the start.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('../run/main.ts');
const { writeReports } = await import('../report/reports.ts');
process.exitCode = await main(process.argv.slice(2), writeReports);
