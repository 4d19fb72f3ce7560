import type { Log } from "../core/log/log.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import type { AnnouncedHouse } from "./announced-house.ts";
import type { Manifest } from "./manifest.ts";

/**
 * How long this machine must be connected without being disturbed before it takes over. If two machines share an id, each closes the
 * other's connection within seconds.
 */
const takeOverMs = 5 * 60_000;

/**
 * Handles another machine that announces devices under this agent's id. It may be a second machine with the same host name, or the machine
 * that this one replaces. Its announcements stay until this machine has been connected for some minutes without being disturbed.
 */
export class OtherMachine {
  readonly #agent: AnnouncedHouse["agent"];
  readonly #ports: { readonly clock: Clock; readonly log: Log };
  #isSaid = false;
  #takeOver: (() => void) | undefined;
  #cancelWait: Cancel = () => {};

  constructor(agent: AnnouncedHouse["agent"], ports: { readonly clock: Clock; readonly log: Log }) {
    this.#agent = agent;
    this.#ports = ports;
  }

  /** Whether another machine wrote this manifest. A manifest without a machine counts as our own. */
  wrote({ machine }: Manifest): boolean {
    return machine !== undefined && machine !== this.#agent.machine;
  }

  /** Notes that the broker had the manifest of another machine. Calls back when its announcements may be taken over. */
  found(takeOver: () => void): void {
    this.#say();
    this.#takeOver = takeOver;
    this.#wait();
  }

  /** Notes that another machine has just written its manifest, so it is connected now. */
  heard(): void {
    this.#say();
    if (this.#takeOver !== undefined) this.#wait();
  }

  /** Cancels what waits. */
  stop(): void {
    this.#cancelWait();
    this.#takeOver = undefined;
  }

  #wait(): void {
    const { clock, log } = this.#ports;
    this.#cancelWait();
    this.#cancelWait = clock.after(takeOverMs, () => {
      log.info({ agent: this.#agent.id }, "takes over what another machine announced under this agent's id");
      const takeOver = this.#takeOver;
      this.#takeOver = undefined;
      takeOver?.();
    });
  }

  #say(): void {
    if (this.#isSaid) return;
    this.#isSaid = true;
    this.#ports.log.warn(
      { agent: this.#agent.id, takes_over_in: `${takeOverMs / 60_000}m` },
      "another machine has announced devices under this agent's id, and they stay for now; if both machines are in use, change agent.id on one of them",
    );
  }
}
