// Times as people read them.

/** "2026-07-01 03:00 UTC", from ISO 8601; a text that is not a time stays as it is. */
export function formatInstant(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** "5.1 s", "12 min 34 s" */
export function formatDuration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** "18 November", from ISO 8601, UTC; with the year when it is not that of `now`. A text that is not a time stays as it is. */
export function formatDay(iso: string, now: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const year = date.getUTCFullYear();
  return year === new Date(now).getUTCFullYear() ? day.format(date) : `${day.format(date)} ${year}`;
}
