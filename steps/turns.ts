// Requests of several conversations that are sent at the same time. What is sent to find out why one of them was refused waits
// until no other is on its way, and holds the next ones back: what came at the same time may have been the reason.

/** One request of the scenario, with all that is sent because of it. */
export class Turn {
  /** Whether others were on their way at the same time. */
  isShared: boolean;
  #isAlone = false;
  readonly #turns: Turns;

  constructor(turns: Turns, isShared: boolean) {
    this.#turns = turns;
    this.isShared = isShared;
  }

  /** From here to the end of the turn nothing else is on its way. */
  async alone(): Promise<void> {
    if (this.#isAlone) return;
    this.isShared ||= this.#turns.number > 1;
    await this.#turns.pause();
    this.#isAlone = true;
  }

  end(): void {
    this.#turns.end(this.#isAlone);
  }
}

export class Turns {
  /** Of those that are on their way. */
  number = 0;
  #isPaused = false;
  #waiting: (() => void)[] = [];

  async begin(): Promise<Turn> {
    while (this.#isPaused) await this.#change();
    this.number += 1;
    return new Turn(this, this.number > 1);
  }

  /** In place of the caller's own turn. */
  async pause(): Promise<void> {
    this.number -= 1;
    this.#changed();
    while (this.#isPaused) await this.#change();
    this.#isPaused = true;
    while (this.number > 0) await this.#change();
  }

  end(isAlone: boolean): void {
    if (isAlone) this.#isPaused = false;
    else this.number -= 1;
    this.#changed();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
