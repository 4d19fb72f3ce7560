import type { Cancel } from "../../core/time/clock.ts";
import { Channel, type ChannelPorts } from "./channel.ts";
import type { Command, Report } from "./protocol.ts";

interface Listeners {
  readonly report: Set<(report: Report) => void>;
  readonly lost: Set<(error: Error) => void>;
}

/**
 * A connection to pigpiod. It has one socket for commands and one for notifications, because on one socket notifications would come between
 * the answers. If one socket ends, the other is closed too, and all who asked to be told are told once.
 */
export class PigpiodConnection {
  readonly #commands: Channel;
  readonly #notifications: Channel;
  readonly #handle: number;
  readonly #listeners: Listeners;
  /** The version of the daemon. The last one is 79. */
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

  /** Asks for a {@link Report} at each change of these pins. Each pin is one bit. */
  async notify(pins: number): Promise<void> {
    await this.#commands.request("notify", this.#handle, pins);
  }

  /** Calls `tell` if the connection is lost. Not called if it is closed. */
  whenLost(tell: (error: Error) => void): Cancel {
    this.#listeners.lost.add(tell);
    return () => void this.#listeners.lost.delete(tell);
  }

  /** Calls `tell` for each report. */
  whenReported(tell: (report: Report) => void): void {
    this.#listeners.report.add(tell);
  }

  /** Closes the connection after the daemon has answered everything. Then all pins have their last levels. */
  async close(): Promise<void> {
    await this.#commands.request("version").catch(() => {});
    this.#commands.close();
    this.#notifications.close();
  }
}
