import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { systemClock } from "../../../src/core/time/clock.ts";
import { PigpioPins, type Sample } from "./pigpio-pins.ts";

interface NotificationOwner {
  readonly socket: Socket;
  bits: number;
  sequence: number;
}

/** pigpiod as far as the agent uses it: a TCP server on this machine that speaks its frames, over pretended pins. */
export class PigpiodServer {
  readonly pins: PigpioPins;
  /** Pins that the option -x keeps to the daemon. */
  readonly notPermitted = new Set<number>();
  /** The commands that came, in order: number, first and second parameter. */
  readonly received: (readonly [number, number, number])[] = [];
  /** Takes connections but says nothing, as a machine that hangs. */
  isSilent = false;
  /** How long it thinks about each command before it answers. */
  answersAfterMs = 0;
  /** What happens right after a level was read. */
  afterRead: (pin: number) => void = () => {};
  /** Keeps reports until `release`, as a network that hesitates. */
  holdsReports = false;
  /** How many connections there have been. */
  connections = 0;
  readonly #sockets = new Set<Socket>();
  /** The pins that each notification socket asked for, by its handle. */
  readonly #notified = new Map<number, NotificationOwner>();
  #server: Server | undefined;
  port = 0;

  constructor(ticksEndAfterMs?: number) {
    this.pins = new PigpioPins(systemClock, ticksEndAfterMs);
  }

  /** Starts it, for this machine only, and at the same port as before. */
  async listen(): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.pins.samples.add(this.#report);
  }

  /** Ends it as `systemctl stop` does: outputs stay as they are. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const server = this.#server;
    if (server?.listening) await new Promise((resolve) => server.close(resolve));
  }

  #serve(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    let bytes = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#sockets.delete(socket);
      for (const [handle, owner] of this.#notified) if (owner.socket === socket) this.#notified.delete(handle);
    });
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (; bytes.length >= 16 && !this.isSilent; bytes = bytes.subarray(16)) {
        const answer = Buffer.from(bytes.subarray(0, 16));
        const [command, first, second] = [answer.readUInt32LE(0), answer.readUInt32LE(4), answer.readUInt32LE(8)];
        this.received.push([command, first, second]);
        answer.writeInt32LE(this.#do(socket, command, first, second) | 0, 12);
        if (this.answersAfterMs > 0) setTimeout(() => socket.write(answer), this.answersAfterMs);
        else {
          // In two pieces, as TCP may bring them.
          socket.write(answer.subarray(0, 5));
          socket.write(answer.subarray(5));
        }
      }
    });
  }

  #do(socket: Socket, command: number, first: number, second: number): number {
    const { pins } = this;
    const changes = [0, 2, 4, 5, 6, 7];
    if (changes.includes(command) && this.notPermitted.has(first)) return -41;
    switch (command) {
      case 0:
        return pins.setMode(first, second);
      case 1:
        return pins.at(first).mode;
      case 2:
        return pins.setPull(first, second);
      case 3: {
        const { level } = pins.at(first);
        this.afterRead(first);
        return level;
      }
      case 4:
        return pins.write(first, second);
      case 5:
        return pins.pwm(first, second);
      case 6:
        return pins.setRange(first, second);
      case 7:
        return pins.setFrequency(first, second);
      case 16:
        return pins.tick;
      case 19:
        return this.#notify(first, second);
      case 26:
        return 79;
      case 97:
        return pins.setFilter(first, second);
      case 99: {
        // The daemon lets small reports wait for each other.
        socket.setNoDelay(false);
        const handle = this.#notified.size + 1;
        this.#notified.set(handle, { socket, bits: 0, sequence: 0 });
        return handle;
      }
      default:
        return -88;
    }
  }

  #notify(handle: number, bits: number): number {
    const owner = this.#notified.get(handle);
    if (owner === undefined) return -25;
    owner.bits = bits;
    return 0;
  }

  /** Reports the levels to everybody, as the daemon does when nothing else was to report for a minute. */
  sayAlive(): void {
    for (const owner of this.#notified.values()) this.#send(owner, this.pins.tick);
  }

  /** Sends what was held. */
  release(): void {
    for (const send of this.#held.splice(0)) send();
  }

  readonly #held: (() => void)[] = [];

  readonly #report = ({ pin, tick }: Sample): void => {
    for (const owner of this.#notified.values()) if (((owner.bits >>> pin) & 1) === 1) this.#send(owner, tick);
  };

  #send(owner: NotificationOwner, tick: number): void {
    const report = Buffer.alloc(12);
    report.writeUInt16LE(owner.sequence++ & 0xffff, 0);
    report.writeUInt32LE(tick, 4);
    report.writeUInt32LE(this.pins.levels, 8);
    const send = () => void owner.socket.write(report);
    if (this.holdsReports) this.#held.push(send);
    else send();
  }
}
