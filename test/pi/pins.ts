import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** The pins' registers on a Pi 3 (BCM2835 ARM Peripherals, chapter 6; QEMU has them where Linux sees them). */
const registers = 0x3f20_0000;
const functionSelect = 0x00;
const setOutput = 0x1c;
const clearOutput = 0x28;
const pinLevel = 0x34;

/** What a pin can be here. */
export type PinFunction = "input" | "output" | "other";

/** The pins of an emulated Pi, as a meter and a wire see them: through QEMU's qtest socket. Pins are BCM numbers, 0 to 31. */
export class OutsidePins {
  readonly #socket: Socket;
  readonly #waiting: ((line: string) => void)[] = [];
  #unread = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("utf8").on("data", (text: string) => {
      const lines = (this.#unread + text).split("\n");
      this.#unread = lines.pop() ?? "";
      // QEMU also tells about interrupts, unasked.
      for (const line of lines) if (!line.startsWith("IRQ")) this.#waiting.shift()?.(line);
    });
  }

  /** Connects as soon as QEMU has made the socket. */
  static async open(path: string): Promise<OutsidePins> {
    for (;;) {
      const socket = connect(path);
      const opened = await new Promise<boolean>((resolve) => {
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      });
      if (opened) return new OutsidePins(socket);
      await wait(100);
    }
  }

  /** The level on the pin now. */
  async level(pin: number): Promise<0 | 1> {
    return (await this.#read(pinLevel)) & (1 << pin) ? 1 : 0;
  }

  /** What the kernel made of the pin. */
  async function(pin: number): Promise<PinFunction> {
    const code = ((await this.#read(functionSelect + 4 * Math.floor(pin / 10))) >>> (3 * (pin % 10))) & 7;
    return code === 0 ? "input" : code === 1 ? "output" : "other";
  }

  /** Puts a level on an input, as a wire does: QEMU keeps one level for both directions. */
  async drive(pin: number, level: 0 | 1): Promise<void> {
    await this.#ask(`writel ${registers + (level === 1 ? setOutput : clearOutput)} ${(1 << pin) >>> 0}`);
  }

  /** Waits until the pin has the level; the step's own limit ends a vain wait. */
  async until(pin: number, level: 0 | 1): Promise<void> {
    while ((await this.level(pin)) !== level) await wait(20);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #read(offset: number): Promise<number> {
    return Number(await this.#ask(`readl ${registers + offset}`));
  }

  /** The answer to a command is "OK", and what was read, or "ERR" and why. */
  async #ask(command: string): Promise<string> {
    const line = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve);
      this.#socket.write(`${command}\n`);
    });
    if (!line.startsWith("OK")) throw new Error(`QEMU answered "${line}" to "${command}"`);
    return line.slice(3);
  }
}
