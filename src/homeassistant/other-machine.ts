import type { Log } from "../core/log/log.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import type { House } from "./house.ts";
import type { Manifest } from "./manifest.ts";

/** A machine that shares its id with another is thrown out by that one within seconds; one with a new SD card is not. */
const takeOverMs = 5 * 60_000;

/**
 * Another machine that announces devices under this agent's id: a second one of the same host name, or the one that this one
 * replaces. What it has announced is left alone until this machine has been connected undisturbed for minutes.
 */
export class OtherMachine {
  readonly #agent: House["agent"];
  readonly #ports: { readonly clock: Clock; readonly log: Log };
  #isSaid = false;
  #takeOver: (() => void) | undefined;
  #cancelWait: Cancel = () => {};

  constructor(agent: House["agent"], ports: { readonly clock: Clock; readonly log: Log }) {
    this.#agent = agent;
    this.#ports = ports;
  }

  /** Whether another machine wrote this manifest. One that names no machine counts as our own. */
  wrote({ machine }: Manifest): boolean {
    return machine !== undefined && machine !== this.#agent.machine;
  }

  /** Another machine's manifest was there when we came; calls back when what it tells of may be taken over. */
  found(takeOver: () => void): void {
    this.#say();
    this.#takeOver = takeOver;
    this.#wait();
  }

  /** Another machine has just written its manifest, and so is connected now. */
  heard(): void {
    this.#say();
    if (this.#takeOver !== undefined) this.#wait();
  }

  /** Ends what waits. */
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
      "another machine has announced devices under this agent's id, which stay for now; where there are two, give one another agent.id",
    );
  }
}
