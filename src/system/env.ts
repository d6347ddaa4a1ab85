/** Environment variables by name: those of the process, or settings in their place. */
export type Env = Record<string, string | undefined>;
