// `npm run check -- FILE…`: does the sender of recorded events keep to the documents? Node keeps the compiled code for the
// next time.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('../check/command.ts');
process.exitCode = await main(process.argv.slice(2));
