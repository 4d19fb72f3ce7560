import { errorCode, UserError } from "../core/errors.ts";
import type { ProtocolVersion } from "./broker-limits.ts";
import { refusalCode } from "./reasons.ts";

/** "Unsupported protocol version" in MQTT 3.1.1 and in MQTT 5. */
const versionRefusals: readonly (number | undefined)[] = [1, 132];

/**
 * Which version of MQTT a broker is offered. Each connection begins with MQTT 5: only there are retained commands told from new ones. A
 * broker that says that it does not know it is asked in MQTT 3.1.1 at once. One that hangs up or says nothing may mean the same, or be
 * frozen, or be about to stop. So it is asked in MQTT 3.1.1 too, and when it lets us in there, which proves that it is awake, once more in
 * MQTT 5 before MQTT 3.1.1 is believed. A broker that once let us in over MQTT 5 knows it: its silence means something else.
 */
export class VersionChoice {
  #offered: ProtocolVersion = 5;
  #knows5 = false;
  /** It let us in over MQTT 3.1.1 a moment ago. */
  #isAwake = false;
  /** MQTT 3.1.1 is right for this connection. */
  #isSure = false;

  /** What the next connection, or the present one, is offered. */
  get offered(): ProtocolVersion {
    return this.#offered;
  }

  /** The broker lets us in. False where it is to be left, and asked in MQTT 5 again. */
  letIn(): boolean {
    if (this.#offered === 5) this.#knows5 = true;
    if (this.#offered === 5 || this.#isSure) return true;
    this.#isAwake = true;
    this.#offered = 5;
    return false;
  }

  /** The broker did not let us in. Whether it is to be asked in the other version "at once", because it said so; "soon", or "later". */
  refused(error: unknown): "at once" | "soon" | "later" {
    const tried = this.#offered;
    const saysSo = versionRefusals.includes(refusalCode(error));
    const mayMeanIt = !this.#knows5 && isWithoutReason(error);
    this.#offered = tried === 5 && (saysSo || mayMeanIt) ? 4 : 5;
    this.#isSure = saysSo || this.#isAwake;
    this.#isAwake = false;
    if (this.#offered === 5) return "later";
    if (saysSo) return "at once";
    return error === undefined ? "soon" : "later";
  }

  /** The connection that served is over, and with it what was learnt of the broker without being sure. */
  ended(): void {
    this.#offered = 5;
    this.#isSure = false;
    this.#isAwake = false;
  }
}

/** Whether it hung up, or said nothing, or nothing that is a reason. Whatever has a code or a sentence is another matter. */
function isWithoutReason(error: unknown): boolean {
  if (error instanceof UserError) return false;
  const code = errorCode(error);
  return code === "" || code === "ECONNRESET";
}
