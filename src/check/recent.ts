// The latest values by their keys: bounded, so that a log of any length can be read.

export class Recent<Value> {
  readonly #size: number;
  #younger = new Map<string, Value>();
  #older = new Map<string, Value>();

  /** @param size how many are remembered at least, and twice as many at most */
  constructor(size: number) {
    this.#size = size;
  }

  get(key: string): Value | undefined {
    return this.#younger.get(key) ?? this.#older.get(key);
  }

  set(key: string, value: Value): void {
    if (this.#younger.size >= this.#size) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(key, value);
  }
}
