import type { GuardPorts, Wish } from "./guard-ports.ts";
import type { Seat } from "./interlock-group.ts";

/**
 * What a device does at its start waits so long for its interlock group, in milliseconds. Another device that comes back hours later must not
 * switch anything on.
 */
const longestFirstMs = 60_000;

/** The change of an output that waits for a limit, or is being made. There is one at most: a newer one replaces it. */
export class PendingWish<Value> {
  readonly #ports: Pick<GuardPorts<Value>, "clock" | "waits" | "isOn">;
  readonly #output: object;
  readonly #seat: () => Seat | undefined;
  #wish: Wish<Value> | undefined;

  /** `output` is what waits, for whoever tells people of it. */
  constructor(
    ports: Pick<GuardPorts<Value>, "clock" | "waits" | "isOn">,
    output: object,
    seat: () => Seat | undefined,
  ) {
    this.#ports = ports;
    this.#output = output;
    this.#seat = seat;
  }

  /** Makes this the wish. */
  hold(wish: Wish<Value>): void {
    this.#wish = wish;
  }

  /** Whether this is still the wish. */
  is(wish: Wish<Value>): boolean {
    return this.#wish === wish;
  }

  /** The wish, if it is one to this. */
  to(wanted: "on" | "off"): Wish<Value> | undefined {
    return this.#wish !== undefined && this.#ports.isOn(this.#wish.value) === (wanted === "on")
      ? this.#wish
      : undefined;
  }

  /** Lets a wish wait. Then one of these is called: `go` when the time is over, `giveUp` when a first wish has waited for too long. */
  wait(
    wish: Wish<Value>,
    limit: string,
    waitMs: number | undefined,
    { go, giveUp }: { readonly go: () => void; readonly giveUp: () => void },
  ): void {
    const { clock, waits, isOn } = this.#ports;
    wish.cancelTimer();
    this.#wish = wish;
    const untilMs = waitMs === undefined ? undefined : clock.monotonicMs() + waitMs;
    // Whoever drives a motor knows of its dead time.
    if (limit !== "dead_time") waits.note(this.#output, { limit, on: isOn(wish.value), untilMs });
    if (waitMs !== undefined) wish.cancelTimer = clock.after(waitMs, go);
    else if (wish.isFirst) wish.cancelTimer = clock.after(longestFirstMs, giveUp);
  }

  /** Cancels what waits. */
  forget(): void {
    const wish = this.#wish;
    if (wish === undefined) return;
    wish.cancelTimer();
    this.#wish = undefined;
    this.#ports.waits.over(this.#output);
    if (this.#ports.isOn(wish.value)) this.#seat()?.withdraw();
  }
}
