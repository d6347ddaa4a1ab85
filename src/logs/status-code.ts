// A value of a log as the status of an answer.
export function statusCode(given: unknown): number | undefined {
  const code = typeof given === 'string' && given !== '' ? Number(given) : given;
  return typeof code === 'number' && Number.isInteger(code) && code >= 100 && code <= 599 ? code : undefined;
}
