/** Empty places at the front are removed when there are more than this. */
const fewPlaces = 1_024;

/** A queue. Taking the first item does not move all the others. */
export class Lane<Thing> {
  #things: (Thing | undefined)[] = [];
  #first = 0;

  /** How many items there are. */
  get size(): number {
    return this.#things.length - this.#first;
  }

  /** The first item, which stays. Undefined if there is none. */
  get first(): Thing | undefined {
    return this.#things[this.#first];
  }

  /** Adds an item at the end. */
  push(thing: Thing): void {
    this.#things.push(thing);
  }

  /** Removes the first item and returns it. Undefined if there is none. */
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

  /** Removes all items. */
  clear(): void {
    this.#things = [];
    this.#first = 0;
  }
}
