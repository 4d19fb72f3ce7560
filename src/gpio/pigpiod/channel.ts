import { connect, type Socket } from "node:net";
import { errorCode, UserError } from "../../core/errors.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import {
  type Command,
  commandBytes,
  commandNumbers,
  decodeAnswer,
  decodeReport,
  encodeCommand,
  Frames,
  type Report,
  refusal,
  reportBytes,
} from "./protocol.ts";

/**
 * How long to wait for an answer. The daemon answers within a millisecond. A machine that disappears without closing the connection is
 * noticed by this.
 */
const patienceMs = 5_000;

/** The address of the daemon, and whom to tell when the connection ends. */
export interface ChannelPorts {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly onReport: (report: Report) => void;
  /** Called once when the connection ends for any reason. Not called after `close`. */
  readonly onLost: (error: Error) => void;
}

interface Waiting {
  readonly command: Command;
  readonly first: number;
  readonly resolve: (result: number) => void;
  readonly reject: (error: Error) => void;
  readonly giveUp: Cancel;
}

/** One socket to pigpiod. It sends commands and receives answers in order. After `openNotifications` was answered, it receives reports. */
export class Channel {
  readonly #socket: Socket;
  readonly #ports: ChannelPorts;
  readonly #frames = new Frames();
  readonly #waiting: Waiting[] = [];
  #brings: "answers" | "reports" = "answers";
  #ended: Error | undefined;

  /** Resolves when the daemon has accepted the connection. Rejects with a UserError. */
  static open(ports: ChannelPorts): Promise<Channel> {
    const where = `${ports.host}:${ports.port}`;
    const socket = connect({ host: ports.host, port: ports.port, noDelay: true, keepAlive: true });
    return new Promise((resolve, reject) => {
      const fail = (reason: string, cause?: unknown) => {
        giveUp();
        socket.destroy();
        reject(new UserError(`nothing answers at ${where} (${reason})`, { hint: startHint, cause }));
      };
      const giveUp = ports.clock.after(patienceMs, () => fail(`not within ${patienceMs / 1_000} s`));
      const onError = (error: Error) => fail(errorCode(error) || error.message, error);
      socket.once("error", onError).once("connect", () => {
        giveUp();
        socket.off("error", onError);
        resolve(new Channel(socket, ports));
      });
    });
  }

  private constructor(socket: Socket, ports: ChannelPorts) {
    this.#socket = socket;
    this.#ports = ports;
    socket.on("data", (bytes: Uint8Array) => this.#take(bytes));
    socket.on("error", (error) => this.#lose(errorCode(error) || error.message));
    socket.on("close", () => this.#lose("it was closed"));
  }

  /**
   * Passes the command to the system before it returns. Commands are carried out in order. Resolves with the daemon's result, a signed
   * number of 32 bits. Rejects with a UserError if the daemon refuses, or the connection ends.
   */
  request(command: Command, first = 0, second = 0): Promise<number> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const giveUp = this.#ports.clock.after(patienceMs, () => this.#lose(`no answer within ${patienceMs / 1_000} s`));
      this.#waiting.push({ command, first, resolve, reject, giveUp });
      this.#socket.write(encodeCommand(command, first, second));
    });
  }

  /** Closes the connection without calling `onLost`. */
  close(): void {
    this.#end(new UserError("the connection to pigpiod was closed"));
  }

  #take(bytes: Uint8Array): void {
    this.#frames.add(bytes);
    for (;;) {
      const frame = this.#frames.next(this.#brings === "answers" ? commandBytes : reportBytes);
      if (frame === undefined || this.#ended !== undefined) return;
      if (this.#brings === "answers") this.#answer(frame);
      else this.#ports.onReport(decodeReport(frame));
    }
  }

  #answer(frame: DataView): void {
    const { number, result } = decodeAnswer(frame);
    const [waiting] = this.#waiting;
    if (waiting === undefined || number !== commandNumbers[waiting.command]) {
      this.#lose("what answers there is not pigpiod");
      return;
    }
    this.#waiting.shift();
    waiting.giveUp();
    if (waiting.command === "openNotifications") this.#brings = "reports";
    // A tick uses all 32 bits, so half of all ticks look like errors.
    if (result >= 0 || waiting.command === "tick") waiting.resolve(result);
    else waiting.reject(refusal(waiting.command, waiting.first, result));
  }

  #lose(reason: string): void {
    if (this.#ended !== undefined) return;
    const where = `${this.#ports.host}:${this.#ports.port}`;
    const error = new UserError(`the connection to pigpiod at ${where} was lost (${reason})`, { hint: statusHint });
    this.#end(error);
    this.#ports.onLost(error);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#socket.destroy();
    for (const { reject, giveUp } of this.#waiting.splice(0)) {
      giveUp();
      reject(error);
    }
  }
}

const statusHint = '"systemctl status pigpiod" on that machine tells more';

const startHint =
  'on Raspberry Pi OS up to bookworm "sudo apt install pigpio" and "sudo systemctl enable --now pigpiod" start it; gpio.pigpiod says where it is';
