/** So many empty places at the front are worth being taken away. */
const fewPlaces = 1_024;

/** Things one after the other; taking the first one away does not move all the others. */
export class Lane<Thing> {
  #things: (Thing | undefined)[] = [];
  #first = 0;

  /** How many there are. */
  get size(): number {
    return this.#things.length - this.#first;
  }

  /** Puts one behind all others. */
  push(thing: Thing): void {
    this.#things.push(thing);
  }

  /** Takes the first one away. */
  take(): Thing | undefined {
    if (this.size === 0) return undefined;
    const thing = this.#things[this.#first];
    this.#things[this.#first] = undefined;
    this.#first += 1;
    if (this.#first >= fewPlaces && this.#first * 2 >= this.#things.length) {
      this.#things = this.#things.slice(this.#first);
      this.#first = 0;
    }
    return thing;
  }

  /** Forgets them all. */
  clear(): void {
    this.#things = [];
    this.#first = 0;
  }
}
