/** A verdict as people read it: "known deviation" of known-deviation. Of a scenario, a requirement or a finding. */
export function verdictLabel(verdict: string): string {
  return verdict.replaceAll('-', ' ');
}
