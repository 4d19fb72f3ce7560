import type { Origin } from "../../core/messages/origin.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Cancel } from "../../core/time/clock.ts";
import type { KnownState } from "../device/known-state.ts";
import type { Order } from "../orders/orders.ts";

/** Whoever takes orders. */
export interface Member {
  order(order: Order): void;
}

type Tell = (said: KnownState | undefined) => void;

/**
 * The devices of this agent for each other: what each has said, who listens to it, and the way to order it. What a device says is told
 * to others after the turn in which it was said, so that nobody acts in the midst of what another one does. The order of starting does
 * not matter: a device may listen to one that is not there yet.
 */
export class House {
  readonly #members = new Map<string, Member>();
  readonly #said = new Map<string, KnownState>();
  readonly #listeners = new Map<string, Set<Tell>>();

  /** Takes a device in. */
  add(id: string, member: Member): void {
    this.#members.set(id, member);
  }

  /** What a device has said last; undefined while it is offline. */
  said(id: string): KnownState | undefined {
    return this.#said.get(id);
  }

  /** A device says something, or with undefined that it is offline. */
  say(id: string, said: KnownState | undefined): void {
    if (said === undefined && !this.#said.has(id)) return;
    if (said === undefined) this.#said.delete(id);
    else this.#said.set(id, said);
    for (const tell of this.#listeners.get(id) ?? []) this.#tellLater(id, tell, said);
  }

  /** Listens to a device from now on, beginning with what it has said already. */
  listen(id: string, tell: Tell): Cancel {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners);
    listeners.add(tell);
    const present = this.#said.get(id);
    if (present !== undefined) this.#tellLater(id, tell, present);
    return () => void listeners.delete(tell);
  }

  /** Orders a device; throws a {@link Refusal} where the order is refused at once. */
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
      if (this.#listeners.get(id)?.has(tell)) tell(said && { ...said, state: structuredClone(said.state) });
    });
  }
}
