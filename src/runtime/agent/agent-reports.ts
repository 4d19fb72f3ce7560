import type { Files } from "../../core/files.ts";
import { readBoard } from "../../core/hardware/board.ts";
import type { Bus, BusMessage } from "../../core/messages/bus.ts";
import type { AgentTopics } from "../../core/messages/topic.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { type RestartReason, restartReason } from "./restart-reason.ts";
import { type Place, Rival } from "./rival.ts";
import { type AgentVitals, gatherHealth, readBootId } from "./vitals.ts";
import type { WallClock } from "./wall-clock.ts";

/** A retained message each minute: enough to see trouble come, little enough for any broker. */
const healthEveryMs = 60_000;

/** What the reports need of their surroundings. */
export interface ReportPorts {
  readonly topics: AgentTopics;
  readonly bus: Pick<Bus, "publish">;
  readonly files: Files;
  readonly clock: Clock;
  readonly wallClock: WallClock;
  /** What the agent is, besides the machine itself; asked at each connect. */
  readonly facts: () => Readonly<Record<string, unknown>> & Place;
  readonly vitals: () => AgentVitals;
}

/** Says what the agent is and how it is, and reads from its last words why it started anew. */
export class AgentReports {
  /** What the broker has kept of the run before. */
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
    this.#rival = new Rival(ports.facts());
    this.kept = [ports.topics.health, ports.topics.info];
  }

  /** Says everything now: at a new connection, from which on it says each minute that it is online, and its health; or once more. */
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

  /** Takes a message from one of {@link kept}; health that is kept after the first connection is our own. */
  receive({ topic, payload, retained }: BusMessage): void {
    if (!retained) return;
    const text = new TextDecoder().decode(payload);
    if (topic === this.#ports.topics.info) this.#rival.learn(text, this.#connections <= 1);
    else if (this.#connections <= 1 && this.#restartReason === undefined) void this.#learnReason(text);
  }

  /** Where another agent runs that uses the same id, for people; undefined where none is known. */
  get rival(): string | undefined {
    return this.#rival.name;
  }

  /** Says for the last time how it was, and how it ended. */
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
    // A broker that we left without a word says offline for us when it notices, which a bridge may carry to the one that serves.
    this.#ports.bus.publish(this.#ports.topics.status, "online");
    void this.#sayHealth();
  }

  async #sayHealth(more: Partial<AgentVitals> = {}): Promise<void> {
    const { topics, bus, vitals } = this.#ports;
    const own = { ...vitals(), restart_reason: this.#restartReason, ...more };
    bus.publish(topics.health, JSON.stringify(await gatherHealth(own, this.#startedAtMs, this.#ports)));
  }
}
