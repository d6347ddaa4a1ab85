// Lets one process load the project's own modules again and again, each time anew, while packages are loaded once.
import { type LoadFnOutput, registerHooks, stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';
import { repository } from './processes.ts';

const project = pathToFileURL(repository).href;
const packages = new URL('node_modules/', project).href;
const mark = '?copy=';
/** What Node found for a specifier, and what it read there: neither changes while the process runs. */
const resolved = new Map<string, string>();
const loaded = new Map<string, LoadFnOutput>();
let copy = 0;

// It warns of itself the first time, on the standard error of a command.
const { emitWarning } = process;
process.emitWarning = () => {};
stripTypeScriptTypes('');
process.emitWarning = emitWarning;

/** From now on, modules of the project are new ones. @returns the number of the copy */
export function newCopy(): number {
  copy += 1;
  return copy;
}

registerHooks({
  resolve(specifier, context, next) {
    if (copy === 0 || context.conditions.includes('require')) return next(specifier, context);
    const place = /^\.{1,2}\//.test(specifier) ? new URL(specifier, context.parentURL).href : specifier;
    const known = resolved.get(place);
    if (known) return { url: known + mark + copy, shortCircuit: true };
    const found = next(specifier, context);
    if (!found.url.startsWith(project) || found.url.startsWith(packages)) return found;
    resolved.set(place, found.url);
    return { ...found, url: found.url + mark + copy };
  },
  load(url, context, next) {
    const [file, number] = url.split(mark) as [string, string?];
    if (number === undefined) return next(url, context);
    const found = loaded.get(file) ?? withoutTypes(next(url, context));
    loaded.set(file, found);
    return found;
  },
});

function withoutTypes(found: LoadFnOutput): LoadFnOutput {
  if (found.format !== 'module-typescript') return { ...found, shortCircuit: true };
  const source = stripTypeScriptTypes(String(found.source));
  return { format: 'module', source, shortCircuit: true };
}
