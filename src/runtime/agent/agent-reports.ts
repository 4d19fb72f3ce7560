import { readBoard } from "../../core/hardware/board.ts";
import type { Files } from "../../core/machine/files.ts";
import type { Bus, BusMessage } from "../../core/messages/bus.ts";
import type { AgentTopics } from "../../core/messages/topic.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { type RestartReason, restartReason } from "./restart-reason.ts";
import { type Place, Rival } from "./rival.ts";
import { type AgentVitals, gatherHealth, readBootId } from "./vitals.ts";
import type { WallClock } from "./wall-clock.ts";

/** One retained message each minute. That is often enough to see a problem grow, and no load for any broker. */
const healthEveryMs = 60_000;

/** What the reports need. */
export interface ReportPorts {
  readonly topics: AgentTopics;
  readonly bus: Pick<Bus, "publish">;
  readonly files: Files;
  readonly clock: Clock;
  readonly wallClock: WallClock;
  /** What the agent is, without the machine. Called at each connect. */
  readonly facts: () => Readonly<Record<string, unknown>>;
  /** Where the agent runs, which is part of {@link facts}. */
  readonly place: Place;
  readonly vitals: () => AgentVitals;
}

/** Publishes what the agent is and how it is. From the last health of the run before it finds out why the agent started again. */
export class AgentReports {
  /** Topics on which the broker has messages of the run before. */
  readonly kept: readonly string[];
  readonly #ports: ReportPorts;
  readonly #startedAtMs: number;
  readonly #rival: Rival;
  #restartReason: RestartReason | undefined;
  #connections = 0;
  #cancel: Cancel = () => {};

  constructor(ports: ReportPorts) {
    this.#ports = ports;
    this.#startedAtMs = ports.clock.monotonicMs();
    this.#rival = new Rival(ports.place);
    this.kept = [ports.topics.health, ports.topics.info];
  }

  /** Publishes everything now. At a new connection it also begins to publish each minute that the agent is online, and its health. */
  announce(isNewConnection: boolean): void {
    void this.#sayInfo();
    if (!isNewConnection) {
      this.#sayHealthNow();
      return;
    }
    this.#connections += 1;
    this.#cancel();
    this.#sayHealthAndAgain();
  }

  /** Takes a message from one of {@link kept}. After the first connection a kept health is that of this run. */
  receive({ topic, payload, retained }: BusMessage): void {
    if (!retained) return;
    const text = new TextDecoder().decode(payload);
    if (topic === this.#ports.topics.info) this.#rival.learn(text, this.#connections <= 1);
    else if (this.#connections <= 1 && this.#restartReason === undefined) void this.#learnReason(text);
  }

  /** The machine on which another agent uses the same id, for people. Undefined if none is known. */
  get rival(): string | undefined {
    return this.#rival.name;
  }

  /** Publishes the health for the last time, and how the agent ended. */
  async stop(ended: "stopped" | "restart asked"): Promise<void> {
    this.#cancel();
    await this.#sayHealth({ ended });
  }

  async #learnReason(healthBefore: string): Promise<void> {
    this.#restartReason = restartReason(healthBefore, await readBootId(this.#ports.files));
    if (this.#restartReason !== undefined) await this.#sayHealth();
  }

  async #sayInfo(): Promise<void> {
    const { topics, bus, files, facts } = this.#ports;
    bus.publish(topics.info, JSON.stringify({ ...facts(), ...(await readBoard(files)) }));
  }

  #sayHealthAndAgain(): void {
    this.#cancel = this.#ports.clock.after(healthEveryMs, () => this.#sayHealthAndAgain());
    this.#sayHealthNow();
  }

  #sayHealthNow(): void {
    // A broker that this agent left without disconnecting publishes the last will, offline, when it notices. A bridge may carry that to the
    // broker that is in use now.
    this.#ports.bus.publish(this.#ports.topics.status, "online");
    void this.#sayHealth();
  }

  async #sayHealth(more: Partial<AgentVitals> = {}): Promise<void> {
    const { topics, bus, vitals } = this.#ports;
    const own = { ...vitals(), restart_reason: this.#restartReason, ...more };
    bus.publish(topics.health, JSON.stringify(await gatherHealth(own, this.#startedAtMs, this.#ports)));
  }
}
