import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { driveToRest } from "../../../src/safe-state.ts";
import { checked } from "../../config/checked.ts";
import { FakeBus } from "../bus.ts";
import { FakeClock, settled } from "../clock.ts";
import { type HouseParts, startHouse } from "../house.ts";
import { FakeLog } from "../log.ts";
import { notedPins } from "../pins/noted-pins.ts";
import { FakeStateFile } from "../state-file.ts";
import { FakeTree } from "../tree.ts";

const bootId = "/proc/sys/kernel/random/boot_id";
const timesyncd = "/run/systemd/timesync/folder";
const synchronized = "/run/systemd/timesync/synchronized";

/** How a machine is after a power cut: whether its clock is right at once, later, or never while nobody sets it. */
export type ClockAfterCut = "right" | "unknown";

/**
 * One agent on one machine and one disk through all its lives: the agent is killed or stopped and started again, the machine loses its
 * power. A life that has ended does nothing any more, since its clock stands still. The machine has no clock with a battery.
 */
export class MachineLives {
  readonly disk = new FakeStateFile();
  #yaml: string;
  readonly #files = new FakeTree({ [bootId]: "boot-0", [timesyncd]: "", [synchronized]: "" });
  #boots = 0;
  #pins = simulatedBank();
  #clock = new FakeClock();
  #bus = new FakeBus();
  #isBrokerAway = false;
  readonly #parts: HouseParts;
  #life: Awaited<ReturnType<typeof startHouse>> | undefined;
  /** How much the clock on the wall is wrong. */
  #wrongMs = 0;
  /** When pins went on, and which. */
  readonly #switchedOn: { readonly pin: PinName; readonly atMs: number }[] = [];
  /** The true time at which the present boot began. */
  #bootedAtMs = 0;

  /** `parts` are the same in each life. */
  constructor(yaml: string, parts: HouseParts = {}) {
    this.#yaml = yaml;
    this.#parts = parts;
  }

  /** The true time, in milliseconds since the first boot. */
  get trueMs(): number {
    return this.#bootedAtMs + this.#clock.monotonicMs();
  }

  /** Whether the machine's clock shows a wrong time. */
  get isClockWrong(): boolean {
    return this.#wrongMs !== 0;
  }

  get log(): FakeLog {
    return this.#life?.log ?? new FakeLog();
  }

  get bus(): FakeBus {
    return this.#bus;
  }

  /** When a pin was driven high, in true time. */
  drivenHigh(pin: PinName): readonly number[] {
    return this.#switchedOn.filter((one) => one.pin === pin).map(({ atMs }) => atMs);
  }

  level(pin: PinName): number {
    return this.#pins.level(pin);
  }

  /** Another program drives a pin. */
  drive(pin: PinName, level: 0 | 1): void {
    this.#pins.drive(pin, level);
  }

  async start(): Promise<void> {
    const before = this.#clock;
    this.#clock = new FakeClock({ start: before.now(), monotonicMs: before.monotonicMs() });
    this.#bus = new FakeBus({ isAway: this.#isBrokerAway });
    this.#life = await startHouse(this.#yaml, {
      ...this.#parts,
      clock: this.#clock,
      bus: this.#bus,
      pins: this.#pins,
      bank: notedPins(this.#pins, (pin) => {
        if (this.level(pin) === 1) this.#switchedOn.push({ pin, atMs: this.trueMs });
      }),
      files: this.#files,
      stateFile: this.disk,
    });
    await this.#clock.advance(0);
  }

  /** The agent is killed; systemd drives the outputs to rest and starts it again, some time later. */
  async kill(downMs: number): Promise<void> {
    await driveToRest(checked(this.#yaml).config?.devices ?? [], {
      pins: this.#pins,
      clock: new FakeClock(),
      log: new FakeLog(),
    });
    this.#pass(downMs);
    await this.start();
  }

  /** Somebody edits devices.yaml and restarts the agent. */
  async edit(yaml: string): Promise<void> {
    this.#yaml = yaml;
    await this.stop(0);
  }

  /** The agent is stopped and started again, some time later, as for an upgrade. */
  async stop(downMs: number): Promise<void> {
    const stopped = this.#life?.agent.stop();
    await this.#clock.advance(5_000);
    await stopped;
    this.#pass(downMs);
    await this.start();
  }

  /** The power goes, and with it every pin. After the boot the clock shows the time of the cut, unless somebody has set it already. */
  async cutPower(offMs: number, clock: ClockAfterCut): Promise<void> {
    const cutAt = this.#clock.now();
    this.#boots += 1;
    this.#files.files.set(bootId, `boot-${this.#boots}`);
    this.#bootedAtMs = this.trueMs + offMs;
    this.#pins = simulatedBank();
    if (clock === "right") this.#files.files.set(synchronized, "");
    else this.#files.files.delete(synchronized);
    const start = clock === "right" ? new Date(cutAt.getTime() + offMs - this.#wrongMs) : cutAt;
    this.#wrongMs = clock === "right" ? 0 : this.#wrongMs - offMs;
    this.#clock = new FakeClock({ start });
    await this.start();
  }

  /** A time server sets the clock right. */
  async setClock(): Promise<void> {
    this.#clock.setTime(new Date(this.#clock.now().getTime() - this.#wrongMs));
    this.#wrongMs = 0;
    this.#files.files.set(synchronized, "");
    await this.advance(60_000);
  }

  /** Somebody or something sets the clock wrong, while the agent runs. */
  jump(ms: number): void {
    this.#wrongMs += ms;
    this.#clock.setTime(new Date(this.#clock.now().getTime() + ms));
  }

  send(topic: string, payload: string): void {
    this.#bus.receive(topic, payload);
  }

  /** From now on there is no broker, or one again. */
  async setBroker(isThere: boolean): Promise<void> {
    if (isThere === !this.#isBrokerAway) return;
    this.#isBrokerAway = !isThere;
    if (isThere) this.#bus.connect();
    else this.#bus.disconnect();
    await settled();
  }

  /** The broker goes, or comes, at the moment at which the agent is killed, so that this agent sees nothing of it. */
  setBrokerUnseen(isThere: boolean): void {
    this.#isBrokerAway = !isThere;
  }

  async loseBroker(ms: number): Promise<void> {
    this.#bus.disconnect();
    await this.advance(ms);
    this.#bus.connect();
    await settled();
  }

  async advance(ms: number): Promise<void> {
    await this.#clock.advance(ms);
  }

  /** Time that passes while no agent runs. */
  #pass(ms: number): void {
    const before = this.#clock;
    const start = new Date(before.now().getTime() + ms);
    this.#clock = new FakeClock({ start, monotonicMs: before.monotonicMs() + ms });
  }
}
