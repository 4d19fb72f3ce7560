import { errorCode, UserError } from "../core/errors.ts";
import type { ProtocolVersion } from "./broker-limits.ts";
import { refusalCode } from "./reasons.ts";

/** The code "Unsupported protocol version" in MQTT 3.1.1 and in MQTT 5. */
const versionRefusals: readonly (number | undefined)[] = [1, 132];

/**
 * Chooses the version of MQTT for a broker. Each connection begins with MQTT 5, because only there a retained command can be told from a
 * new one. If the broker says that it does not know MQTT 5, MQTT 3.1.1 is tried at once. If the broker closes the connection or does not
 * answer, it may mean the same, or the broker may hang or be stopping. Then MQTT 3.1.1 is tried too. If the broker accepts that, it does
 * not hang, and MQTT 5 is tried once more before MQTT 3.1.1 is used. A broker that has accepted MQTT 5 once knows it; if it does not
 * answer, there is another reason.
 */
export class VersionChoice {
  #offered: ProtocolVersion = 5;
  #knows5 = false;
  /** Whether the broker has just accepted a connection over MQTT 3.1.1. */
  #isAwake = false;
  /** Whether it is certain that MQTT 3.1.1 is right for this connection. */
  #isSure = false;

  /** The version for the next connection, or that of the present one. */
  get offered(): ProtocolVersion {
    return this.#offered;
  }

  /** Notes that the broker accepted the connection. Returns false if it is to be closed, and MQTT 5 is to be tried again. */
  letIn(): boolean {
    if (this.#offered === 5) this.#knows5 = true;
    if (this.#offered === 5 || this.#isSure) return true;
    this.#isAwake = true;
    this.#offered = 5;
    return false;
  }

  /**
   * Notes that the broker did not accept the connection. Returns when to try the other version: "at once" if the broker asked for it,
   * "soon", or "later".
   */
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

  /** Notes that a connection that was in use has ended. What was learnt of the broker without certainty is forgotten. */
  ended(): void {
    this.#offered = 5;
    this.#isSure = false;
    this.#isAwake = false;
  }
}

/** Whether the broker closed the connection or did not answer, without a reason. An error with a code or a sentence has a reason. */
function isWithoutReason(error: unknown): boolean {
  if (error instanceof UserError) return false;
  const code = errorCode(error);
  return code === "" || code === "ECONNRESET";
}
