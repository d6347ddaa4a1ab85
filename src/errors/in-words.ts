import { CodedError, withCode } from './coded-error.ts';

/** Any error as a command shows it: without a stack, which would say where the harness noticed. */
export function inWords(error: unknown): string {
  if (error instanceof CodedError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  const secret = process.env.TENANT_CLIENT_SECRET;
  const shown = secret ? message.replaceAll(secret, '<client secret>') : message;
  return withCode('HARNESS_FAILED', `The command itself failed: ${shown.split('\n')[0]}`);
}
