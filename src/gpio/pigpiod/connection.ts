import type { Cancel } from "../../core/time/clock.ts";
import { Channel, type ChannelPorts } from "./channel.ts";
import type { Command, Report } from "./protocol.ts";

interface Listeners {
  readonly report: Set<(report: Report) => void>;
  readonly lost: Set<(error: Error) => void>;
}

/**
 * A connection to pigpiod: one socket for commands and one for notifications, which would otherwise stand between the
 * answers. When either ends, both do, and everybody who asked to hear of it is told once.
 */
export class PigpiodConnection {
  readonly #commands: Channel;
  readonly #notifications: Channel;
  readonly #handle: number;
  readonly #listeners: Listeners;
  /** What the daemon says it is: 79 is the last. */
  readonly version: number;

  static async open(place: Pick<ChannelPorts, "host" | "port" | "clock">): Promise<PigpiodConnection> {
    const listeners: Listeners = { report: new Set(), lost: new Set() };
    const channels: Channel[] = [];
    const ports: ChannelPorts = {
      ...place,
      onReport(report) {
        for (const tell of listeners.report) tell(report);
      },
      onLost(error) {
        for (const channel of channels) channel.close();
        for (const tell of [...listeners.lost]) tell(error);
      },
    };
    try {
      const commands = await Channel.open(ports);
      channels.push(commands);
      const version = await commands.request("version");
      const notifications = await Channel.open(ports);
      channels.push(notifications);
      const handle = await notifications.request("openNotifications");
      return new PigpiodConnection(commands, notifications, handle, version, listeners);
    } catch (error) {
      for (const channel of channels) channel.close();
      throw error;
    }
  }

  private constructor(
    commands: Channel,
    notifications: Channel,
    handle: number,
    version: number,
    listeners: Listeners,
  ) {
    this.#commands = commands;
    this.#notifications = notifications;
    this.#handle = handle;
    this.#listeners = listeners;
    this.version = version;
  }

  /** As {@link Channel.request}. */
  request(command: Command, first?: number, second?: number): Promise<number> {
    return this.#commands.request(command, first, second);
  }

  /** Asks for a {@link Report} at each change of these pins, one bit each. */
  async notify(pins: number): Promise<void> {
    await this.#commands.request("notify", this.#handle, pins);
  }

  /** Runs when the connection is lost, but not when it is closed. */
  whenLost(tell: (error: Error) => void): Cancel {
    this.#listeners.lost.add(tell);
    return () => void this.#listeners.lost.delete(tell);
  }

  /** Runs for each report. */
  whenReported(tell: (report: Report) => void): void {
    this.#listeners.report.add(tell);
  }

  /** Ends once the daemon has answered all that was sent, so that the last levels are on their pins. */
  async close(): Promise<void> {
    await this.#commands.request("version").catch(() => {});
    this.#commands.close();
    this.#notifications.close();
  }
}
