// Numbers of things, as people read them.

/** "1,200". */
export function grouped(count: number): string {
  return count.toLocaleString('en');
}

/** "1 request", "1,200 requests". */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : several}`;
}
