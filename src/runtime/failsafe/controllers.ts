import type { DeviceSettings } from "../../core/device-settings.ts";
import type { BusMessage } from "../../core/messages/bus.ts";

/** Hears on the topics that say whether controllers are there. */
export class Controllers {
  /** Topics to subscribe to, with the messages that the broker has kept there. */
  readonly topics: readonly string[];
  readonly #listeners = new Map<string, ((payload: string) => void)[]>();

  /** `devices` are all devices of the agent. */
  constructor(devices: readonly Pick<DeviceSettings, "limits">[]) {
    this.topics = [...new Set(devices.flatMap(({ limits }) => limits?.failSafe?.controller?.topic ?? []))];
  }

  /** Calls the listener with each message on a topic, without the white space around it. */
  listen(topic: string, listener: (payload: string) => void): void {
    this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), listener]);
  }

  /** Takes any message. */
  hear({ topic, payload }: BusMessage): void {
    const listeners = this.#listeners.get(topic);
    if (listeners === undefined) return;
    const text = new TextDecoder().decode(payload).trim();
    for (const listener of listeners) listener(text);
  }
}
