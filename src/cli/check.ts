// `npm run check -- FILE…`: does the sender of recorded events follow the documents? What Node compiles, and strips of
// types, is kept for the next time.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('../check/command.ts');
process.exitCode = await main(process.argv.slice(2));
