// `npm run check -- FILE…`: does the sender of recorded events keep to the documents?
import './own-process.ts';

// Imported when Node keeps compiled code already.
const { main } = await import('../check/command.ts');
const { failed } = await import('../errors/failure.ts');
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  failed(error);
}
