/** Environment variables by name: those of the process, or the settings that are to stand in for them. */
export type Env = Record<string, string | undefined>;
