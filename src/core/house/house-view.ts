import type { Origin } from "../messages/origin.ts";
import type { Cancel } from "../time/clock.ts";
import type { KnownState } from "./known-state.ts";

/** The devices of this agent, as others in it see them: what each says, and a way to give it commands. */
export interface HouseView {
  /** What a device has said last. Undefined while it is offline. */
  said(id: string): KnownState | undefined;
  /**
   * Calls `tell` with what the device has said already and with all that it says from now on, and with undefined when it goes offline. The
   * calls come in a microtask of their own, so that nobody acts while a device is in the middle of something.
   */
  listen(id: string, tell: (said: KnownState | undefined) => void): Cancel;
  /** Calls `tell` with the name and the type of each event of the device, in a microtask of its own. */
  listenToEvents(id: string, tell: (event: string, type: string) => void): Cancel;
  /** Gives a device a command. Throws a {@link import("../refusal.ts").Refusal} if the command is refused at once. */
  order(id: string, command: unknown, from: Origin): void;
}
