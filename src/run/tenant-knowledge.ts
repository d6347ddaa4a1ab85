// What is known about the tenant of a run: read once, by the coordinator, and the same for all workers.
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { CodedError } from '../errors/coded-error.ts';
import type { ProfileFiles } from './profile-files.ts';

const key = 'what is known about the tenant';

/** Workers that start later find it. */
export function shareKnowledge(files: ProfileFiles): void {
  setEnvironmentData(key, files as never);
}

/** @throws CodedError when src/run/plugin.ts has not surrounded the run */
export function sharedKnowledge(): ProfileFiles {
  const files = getEnvironmentData(key) as ProfileFiles | undefined;
  if (!files)
    throw new CodedError('PLUGIN_MISSING', 'The run has no coordinator: is src/run/plugin.ts configured?');
  return files;
}
