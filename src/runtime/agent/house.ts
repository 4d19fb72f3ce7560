import type { DeviceSettings } from "../../core/device-settings.ts";
import type { HostPorts } from "../device/device-context.ts";
import { DeviceHost } from "../device/host.ts";
import { inTime } from "../time-limit.ts";

/** Outputs are at their safe level in milliseconds; one that hangs must keep neither the broker nor systemd waiting. */
const outputsFirstMs = 2_000;

/** The devices of this agent, as one table: who has which topic, how they all do, and what is done with all of them. */
export class House {
  readonly #ports: HostPorts;
  readonly #all: readonly DeviceHost[];
  readonly #byTopic: ReadonlyMap<string, DeviceHost>;
  /** Topics that mean something to a device or to whoever listens to it. Made when somebody asks: few do. */
  #taken: ReadonlySet<string> | undefined;
  readonly #settings: readonly DeviceSettings[];

  constructor(devices: readonly DeviceSettings[], ports: HostPorts) {
    this.#ports = ports;
    this.#settings = devices;
    this.#all = devices.map((device) => new DeviceHost(device, ports));
    this.#byTopic = new Map(this.#all.flatMap((host) => host.heard.map((topic) => [topic, host] as const)));
  }

  /** The topics on which devices hear. */
  get heard(): readonly string[] {
    return [...this.#byTopic.keys()];
  }

  /** The device that hears on a topic; undefined where none does. */
  at(topic: string): Pick<DeviceHost, "receive"> | undefined {
    return this.#byTopic.get(topic);
  }

  /** Whether a topic means something to a device or its listeners, so that no answer may be put there. */
  isTaken(topic: string): boolean {
    // Answers that somebody asks for by a response topic may well go where those with an id go.
    this.#taken ??= new Set(this.#all.flatMap(({ used, topics }) => used.filter((one) => one !== topics.result)));
    return this.#taken.has(topic);
  }

  /** The failures since the start, by device; devices that never failed are left out. */
  get failures(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#all.flatMap(({ id, failures }) => (failures > 0 ? [[id, failures]] : [])));
  }

  /** The devices by their ids, for whoever reads the agent's info. */
  get described(): Readonly<Record<string, { readonly kind: string; readonly topic: string }>> {
    return Object.fromEntries(this.#settings.map(({ id, kind, topic }) => [id, { kind: kind.kind, topic }]));
  }

  /** How all do, in one line for people. */
  get status(): string {
    const idsOf = (wanted: DeviceHost["status"]) =>
      this.#all.filter(({ status }) => status === wanted).map(({ id }) => id);
    const online = `${idsOf("online").length} of ${this.#all.length} devices online`;
    const others = (["starting", "offline"] as const).map((one) => [one, idsOf(one).join(", ")] as const);
    return [online, ...others.filter(([, ids]) => ids !== "").map(([one, ids]) => `${one}: ${ids}`)].join("; ");
  }

  /**
   * Starts the devices that take commands, so that each output is at its safe level before anything else happens. Waits for them for two
   * seconds at most. A device that cannot work does not stop the others.
   */
  async startOutputs(): Promise<void> {
    const { clock, log } = this.#ports;
    const outputs = this.#all.filter(takesCommands);
    const started = Promise.all(outputs.map((host) => host.start()));
    await inTime(clock, outputsFirstMs, started, "").catch(() => {
      const late = outputs.filter(({ status }) => status === "starting").map(({ id }) => id);
      log.warn({ devices: late }, "some outputs take their time; the others do not wait for them");
    });
  }

  /** Starts the other devices, after the outputs and after whatever listens to inputs: nothing that an input tells is lost. */
  startOthers(): void {
    for (const host of this.#all) if (!takesCommands(host)) void host.start();
  }

  /** Says every state and availability again. */
  announce(): void {
    for (const host of this.#all) host.announce();
  }

  /** Brings all devices to rest at once; resolves with whether all of them are, and names those that are not in the log. */
  async stop(): Promise<boolean> {
    const all = this.#all;
    const rested = await Promise.all(all.map((host) => host.stop()));
    const notAtRest = all.filter((_host, index) => !rested[index]).map(({ id }) => id);
    if (notAtRest.length > 0) this.#ports.log.error({ devices: notAtRest }, "stopped, but not every device is at rest");
    return notAtRest.length === 0;
  }
}

function takesCommands({ topics }: DeviceHost): boolean {
  return topics.commands.length > 0;
}
