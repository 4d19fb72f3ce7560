/** The place in a cycle of the two contacts. Clockwise, contact a changes first. */
function phaseOf(a: boolean, b: boolean): number {
  if (a) return b ? 2 : 1;
  return b ? 3 : 0;
}

/**
 * Finds the steps of an encoder in the levels of its two contacts. A contact that springs goes to and fro between two places of the cycle,
 * which is no way in the end, and no step before the whole way of one is done. The place in the cycle is always known, so a lost edge shifts
 * no later step.
 */
export class Quadrature {
  readonly #edgesPerStep: number;
  #phase: number;
  /** How many edges were made of the way to the next step; negative: anticlockwise. */
  #edges = 0;
  #direction = 1;

  /** The knob rests between two steps at the levels that it has now. */
  constructor(edgesPerStep: number, a: boolean, b: boolean) {
    this.#edgesPerStep = edgesPerStep;
    this.#phase = phaseOf(a, b);
  }

  /** Takes the levels after an edge. Returns the steps that are done with it: 1 is one clockwise, -1 is one anticlockwise. */
  change(a: boolean, b: boolean): number {
    const phase = phaseOf(a, b);
    const turned = (phase - this.#phase + 4) % 4;
    this.#phase = phase;
    if (turned === 0) return 0;
    // Where an edge got lost and both have changed, the knob goes on as it went.
    const edges = turned === 2 ? 2 * this.#direction : turned === 1 ? 1 : -1;
    this.#direction = Math.sign(edges);
    this.#edges += edges;
    const steps = Math.trunc(this.#edges / this.#edgesPerStep);
    this.#edges -= steps * this.#edgesPerStep;
    return steps;
  }
}
