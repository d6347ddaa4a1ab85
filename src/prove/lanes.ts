/** Starts a task as soon as one of the lanes is free; tasks start in the order in which they were given. */
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
