/**
 * How much a device's outputs are on, by the options that name their pins: 0 is off, 1 is on, a share for a pulse train. The first pin of a
 * list is called `speed_pins.0`.
 */
export type Powers = Readonly<Record<string, number>>;

/** Inputs by the options that name their pins, on or off as the device means it. One that is not named keeps its level. */
export type InputLevels = Readonly<Record<string, boolean>>;

/**
 * What a device's outputs move, and what its inputs see of it: a shutter with its end stops. Plain functions of the kind that depend on
 * nothing else, so that the same commands at the same times always give the same.
 */
export interface Mechanism<State> {
  /** How it is at the start, before any output is on. */
  readonly start: State;
  /**
   * How it is after `ms` milliseconds in which its outputs had these powers. Called with 0 as soon as an output has changed, so that
   * something that a pulse sets going can see the pulse.
   */
  step(state: State, powers: Powers, ms: number): State;
  /** What its inputs see. */
  inputs(state: State): InputLevels;
  /** After how many milliseconds its inputs change while its outputs stay as they are; undefined if they do not. */
  nextMs(state: State, powers: Powers): number | undefined;
}

/** A mechanism whose state only itself knows. */
export type AnyMechanism = Mechanism<unknown>;

/** Checks a mechanism's types at compile time, and forgets the type of its state. */
export function mechanism<State>(made: Mechanism<State>): AnyMechanism {
  return made as AnyMechanism;
}

/** A change of inputs in a {@link PretendedInputs.routine}. */
export interface RoutineStep {
  /** How long after the change before it, in milliseconds; at least 1. */
  readonly afterMs: number;
  readonly inputs: InputLevels;
}

/** A routine in which an input is on again and again: each time so long after it went off, and for so long, in milliseconds. */
export function onAgainAndAgain(
  option: string,
  times: readonly (readonly [afterMs: number, forMs: number])[],
): readonly RoutineStep[] {
  return times.flatMap(([afterMs, forMs]) => [
    { afterMs, inputs: { [option]: true } },
    { afterMs: forMs, inputs: { [option]: false } },
  ]);
}

/**
 * A routine in which an encoder is turned forward by one notch after so many milliseconds, and the next one after that. `open` is what an
 * open contact means to the device.
 */
export function turnAgainAndAgain(
  { a, b }: { readonly a: string; readonly b: string },
  open: boolean,
  afterMs: readonly number[],
): readonly RoutineStep[] {
  const edges = [{ [a]: !open, [b]: open }, { [b]: !open }, { [a]: open }, { [b]: open }];
  return afterMs.flatMap((ms) => edges.map((inputs, index) => ({ afterMs: index === 0 ? ms : 20, inputs })));
}

/** How a device with inputs is simulated. */
export interface PretendedInputs<Chosen = Readonly<Record<string, unknown>>> {
  /** What its outputs move and its inputs see. Undefined for options with which nothing is seen. */
  mechanism?(options: Chosen): AnyMechanism | undefined;
  /**
   * What people and meters do to its inputs, again and again from the start: a few changes in some minutes, since somebody reads along. At
   * first its inputs are as the last step leaves them. It is only for a simulation without a scenario: in a scenario nothing comes unasked.
   */
  routine?(options: Chosen): readonly RoutineStep[];
  /** The two inputs of an encoder, by the options that name their pins, so that a scenario can turn it. */
  readonly encoder?: { readonly a: string; readonly b: string };
}
