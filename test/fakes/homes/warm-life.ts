import type { Level } from "../../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeBus } from "../bus.ts";
import { FakeStateFile } from "../state-file.ts";
import { coolerPin, type Heard, heaterPin, type On, type Thermometer, warmHouse } from "./warm-house.ts";

/** Something that happens in a house with a thermostat. */
export type Step =
  | { readonly thermometer: Thermometer }
  | { readonly pass: number }
  | { readonly send: string; readonly to: "mode" | "target" | "preset" }
  | { readonly meddle: "on" | "off"; readonly with: "heater" | "cooler" }
  | { readonly broker: "gone" | "there" }
  | { readonly window: "open" | "shut" }
  /** Whether the heater can be switched on. While it cannot, it is offline after the first try. */
  | { readonly heater: "fails" | "works" }
  | "kill";

/** Shortest times on and off of an output, in seconds. */
export interface Limits {
  readonly on: number;
  readonly off: number;
}

/** How a life begins. */
export interface Beginning {
  readonly heater: Limits;
  readonly cooler: Limits;
  /** How many others make the thermometer's bus slow. */
  readonly others: number;
  /** Whether there is never a broker. */
  readonly isAlone: boolean;
  /** More options of the thermostat, as YAML. */
  readonly thermostat: string;
}

/** What was so at one instant. Times go on over kills, but where they are said to be of a life. */
export interface Moment {
  readonly atMs: number;
  /** Since the last start. */
  readonly lifeMs: number;
  readonly on: On;
  /** The output that changed just now, and how; undefined where time passed only. */
  readonly change: { readonly pin: number; readonly level: Level } | undefined;
  /** The last outcome of the thermometer in this life. */
  readonly last: Heard | undefined;
  /** Whether the readings fail without being heard, since one on their bus hangs. */
  readonly isBusStuck: boolean;
  /** The last number of the thermometer, unless it gave none since. */
  readonly number: { readonly outcome: number; readonly atMs: number } | undefined;
  /** What was chosen. */
  readonly mode: string;
  readonly target: number;
  readonly preset: string;
  /** How long ago somebody else switched an output. */
  readonly sinceMeddlingMs: number;
  /** For how long the last output that changed had been on or off before, and how long ago it changed. */
  readonly onForMs: number;
  readonly offForMs: number;
  /** For how long the window has been open; undefined while it is shut. */
  readonly openForMs: number | undefined;
  /** How long ago the heater could not be switched on. */
  readonly sinceFailingMs: number;
  /** What the thermostat has published. */
  readonly state: Readonly<Record<string, unknown>>;
}

const yaml = ({ on, off }: Limits) =>
  [on > 0 && `min_on: ${on}s`, off > 0 && `min_off: ${off}s`].filter(Boolean).join(", ");

/** The targets that a preset stands for in these houses; the option `presets` of the thermostat. */
export const presets = { away: 18.5, comfort: 21.5 };

/** Lives through the steps, second by second, and tells of each second and of each change of an output. */
export async function live(steps: readonly Step[], begun: Beginning): Promise<readonly Moment[]> {
  const { heater, cooler, others, isAlone } = begun;
  const stateFile = new FakeStateFile();
  const pins = simulatedBank();
  const moments: Moment[] = [];
  const wished = { mode: "heat_cool", target: 20, preset: "none" };
  const never = Number.NEGATIVE_INFINITY;
  const at = { lifeBegan: 0, meddled: never, on: 0, off: never, failing: never };
  let openSinceMs: number | undefined;
  let first: Thermometer = 20;
  let canHeat = true;
  let nowMs = () => 0;
  let look = (_change?: Moment["change"]) => {};
  const bank = {
    ...pins,
    async output(pin: number, request: Parameters<typeof pins.output>[1]) {
      const wasOn = pins.level(pin) === 1;
      const line = await pins.output(pin, request);
      if (pin !== heaterPin && pin !== coolerPin) return line;
      if (wasOn && line.read() === 0) at.off = nowMs();
      const write = (level: Level) => {
        if (pin === heaterPin && level === 1 && !canHeat) throw new Error("it cannot be driven");
        const isChange = level !== line.read();
        line.write(level);
        if (!isChange) return;
        look({ pin, level });
        if (level === 1) at.on = nowMs();
        else at.off = nowMs();
      };
      return { ...line, write };
    },
  };
  const begin = async () => {
    look = () => {};
    at.lifeBegan = nowMs();
    const began = at.lifeBegan;
    nowMs = () => began;
    const bus = new FakeBus();
    if (isAlone) bus.connect = () => {};
    const thermostat = `heater: heater, cooler: cooler, mode: heat_cool, ${begun.thermostat}`;
    const options = { first, others, thermostat, heater: yaml(heater), cooler: yaml(cooler) };
    const house = await warmHouse({ ...options, bus, stateFile, pins, bank });
    const { clock, heard } = house;
    at.meddled = never;
    nowMs = () => began + clock.monotonicMs();
    look = (change) => {
      const atMs = nowMs();
      const told = heard.filter(({ outcome }) => outcome !== "failed").at(-1);
      const inWorld = <Told extends { readonly atMs: number }>(one: Told) => ({ ...one, atMs: one.atMs + began });
      if (!canHeat) at.failing = atMs;
      moments.push({
        atMs,
        lifeMs: clock.monotonicMs(),
        on: house.on(),
        change,
        last: heard.length > 0 ? inWorld(heard.at(-1) as Heard) : undefined,
        isBusStuck: house.isBusStuck(),
        number: typeof told?.outcome === "number" ? inWorld({ outcome: told.outcome, atMs: told.atMs }) : undefined,
        ...wished,
        sinceMeddlingMs: atMs - at.meddled,
        onForMs: atMs - at.on,
        offForMs: atMs - at.off,
        openForMs: openSinceMs === undefined ? undefined : atMs - openSinceMs,
        sinceFailingMs: atMs - at.failing,
        state: house.state(),
      });
    };
    return house;
  };

  let house = await begin();
  for (const step of steps) {
    // The clock of a house that was killed stands still for ever, so that nothing of it moves; the pins stay as they are.
    if (step === "kill") house = await begin();
    else if ("thermometer" in step) {
      first = step.thermometer;
      house.set(first);
    } else if ("broker" in step) step.broker === "gone" ? house.bus.disconnect({ forget: true }) : house.bus.connect();
    else if ("meddle" in step) {
      at.meddled = nowMs();
      house.bus.receive(step.with, step.meddle);
    } else if ("window" in step) {
      openSinceMs = step.window === "shut" ? undefined : (openSinceMs ?? nowMs());
      await house.window(step.window);
    } else if ("heater" in step) canHeat = step.heater === "works";
    else if ("send" in step) {
      choose(wished, step);
      house.bus.receive(`it/${step.to}/set`, step.send);
    } else
      for (let second = 0; second < step.pass; second += 1) {
        await house.clock.advance(1_000);
        look();
      }
    await house.clock.advance(0);
  }
  return moments;
}

/** Notes what is chosen, as the thermostat should. */
function choose(
  wished: { mode: string; target: number; preset: string },
  { send, to }: Extract<Step, { to: string }>,
): void {
  if (to === "mode") wished.mode = send;
  else if (to === "preset") wished.preset = send;
  else {
    wished.target = Number(send);
    wished.preset = "none";
  }
}
