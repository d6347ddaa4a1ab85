// Where the project is: a checkout that runs from its TypeScript, or a package in node_modules, compiled when it was packed.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds features/, steps/, schemas/ and src/. */
export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

/** Of the files of the source: .ts in a checkout, .js in the package. */
export const sourceExtension = path.extname(import.meta.filename);

/** Whether the process runs in another folder: then that one has the settings, features, steps and reports of a team. */
export function isUsedFromElsewhere(): boolean {
  return path.relative(projectFolder, process.cwd()) !== '';
}

/** A file of the project as cucumber takes it: relative to the folder of the process, with slashes. */
export function inProject(name: string): string {
  const relative = path.relative('', path.join(projectFolder, name)).split(path.sep).join('/');
  return /^(\.|\/|[a-z]:)/i.test(relative) ? relative : `./${relative}`;
}

/** The same for a file or a pattern of the source. @param name without its extension */
export function sourceInProject(name: string): string {
  return inProject(`${name}${sourceExtension}`);
}

/** A path below the folder of the process, as it is below that of the project when it lies there. */
export function nameInProject(file: string): string {
  const relative = path.relative(projectFolder, file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? file : relative).split(path.sep).join('/');
}
