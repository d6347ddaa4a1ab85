// `node src/cli/start.js FILE …` runs a command of this project. In plain JavaScript, so that a Node that cannot run the
// TypeScript of the commands says so, instead of ending with a stack and the exit code of a tenant that does not conform.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const usedWrongly = 2;

const file = path.resolve(fileURLToPath(new URL('../../', import.meta.url)), process.argv[2]);

if (!process.features.typescript) {
  console.error(
    `NODE_TOO_OLD  Node ${process.versions.node} does not run TypeScript as it is; this project needs Node 22.18 or later. npm ci installs one for it, but not with --ignore-scripts or NODE_ENV=production: leave these out, or install Node 24.`,
  );
  process.exitCode = usedWrongly;
} else {
  // The command finds its own arguments where it would have them without this file.
  process.argv.splice(1, 2, file);
  try {
    await import('./own-process.ts');
    await import(pathToFileURL(file).href);
  } catch (error) {
    const { code, message } = Object(error);
    const isPackage =
      (code === 'ERR_MODULE_NOT_FOUND' && message.startsWith('Cannot find package')) ||
      (code === 'MODULE_NOT_FOUND' && /^Cannot find module '[@a-z][^:]*'/.test(message));
    // own-process.ts knows what to do with any other.
    if (!isPackage) throw error;
    const [missing] = message.split(/ imported|\n/);
    console.error(
      `PACKAGES_MISSING  ${missing}. Run npm ci in the folder of the project first; with NODE_ENV=production it leaves out what only the development needs.`,
    );
    process.exitCode = usedWrongly;
  }
}
