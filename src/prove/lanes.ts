/** Starts a task when one of so many lanes is free, in the order in which it is asked. */
export type InLane = <Result>(task: () => Promise<Result>) => Promise<Result>;

export function lanes(count: number): InLane {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (task) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
