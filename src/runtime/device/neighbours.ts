import type { HouseView } from "../../core/house/house-view.ts";
import type { KnownState } from "../../core/house/known-state.ts";
import type { Origin } from "../../core/messages/origin.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Cancel } from "../../core/time/clock.ts";
import type { Order } from "../orders/orders.ts";

/** A device that takes commands. */
export interface Member {
  order(order: Order): void;
}

type Tell = (said: KnownState | undefined) => void;
type TellEvent = (event: string, type: string) => void;

/**
 * Connects the devices of this agent with each other. It knows what each device has said, who listens to it, and how to give it a command.
 * What a device says is told to others in a microtask of its own, so that no device acts while another is in the middle of something. The
 * order of starting does not matter: a device may listen to one that is added later.
 */
export class Neighbours implements HouseView {
  readonly #members = new Map<string, Member>();
  readonly #said = new Map<string, KnownState>();
  readonly #listeners = new Map<string, Set<Tell>>();
  readonly #eventListeners = new Map<string, Set<TellEvent>>();

  /** Adds a device. */
  add(id: string, member: Member): void {
    this.#members.set(id, member);
  }

  /** What a device has said last. Undefined while it is offline. */
  said(id: string): KnownState | undefined {
    return this.#said.get(id);
  }

  /** Notes what a device says, or with undefined that it is offline. Tells those who listen. */
  say(id: string, said: KnownState | undefined): void {
    if (said === undefined && !this.#said.has(id)) return;
    if (said === undefined) this.#said.delete(id);
    else this.#said.set(id, said);
    for (const tell of this.#listeners.get(id) ?? []) this.#tellLater(id, tell, said);
  }

  /** Listens to a device from now on. If the device has said something already, that is told first. */
  listen(id: string, tell: Tell): Cancel {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners);
    listeners.add(tell);
    const present = this.#said.get(id);
    if (present !== undefined) this.#tellLater(id, tell, present);
    return () => void listeners.delete(tell);
  }

  /** Tells those who listen that something has just happened at a device. */
  tellEvent(id: string, event: string, type: string): void {
    for (const tell of this.#eventListeners.get(id) ?? [])
      queueMicrotask(() => {
        if (this.#eventListeners.get(id)?.has(tell)) tell(event, type);
      });
  }

  listenToEvents(id: string, tell: TellEvent): Cancel {
    const listeners = this.#eventListeners.get(id) ?? new Set();
    this.#eventListeners.set(id, listeners);
    listeners.add(tell);
    return () => void listeners.delete(tell);
  }

  /** Gives a device a command. Throws a {@link Refusal} if the command is refused at once. */
  order(id: string, command: unknown, from: Origin): void {
    const member = this.#members.get(id);
    if (member === undefined) throw new Refusal("offline", `there is no device "${id}"`);
    let refusal: Refusal | undefined;
    member.order({
      sent: { value: command },
      from,
      fields: () => ({ payload: typeof command === "string" ? command : JSON.stringify(command) }),
      done: (outcome) => {
        if (!outcome.accepted) refusal = new Refusal(outcome.reason, outcome.message);
      },
    });
    if (refusal !== undefined) throw refusal;
  }

  #tellLater(id: string, tell: Tell, said: KnownState | undefined): void {
    queueMicrotask(() => {
      if (this.#listeners.get(id)?.has(tell)) tell(said && { ...said, state: copyOf(said.state) });
    });
  }
}

/** A word is its own copy. */
function copyOf(state: unknown): unknown {
  return typeof state === "object" ? structuredClone(state) : state;
}
