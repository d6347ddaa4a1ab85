/** A verdict for people: "known deviation" for known-deviation. */
export function verdictLabel(verdict: string): string {
  return verdict.replaceAll('-', ' ');
}
