import { type ErrorCode, FakeKoffi } from "../pins/koffi.ts";
import { FakeTree } from "../tree.ts";
import type { FakePart } from "./parts.ts";

/** Where its memory begins, and how much there is. */
const base = 0x10_0000;
const memoryBytes = 0x1_0000;

/**
 * /dev/i2c-1 as Linux 6.12 has it (drivers/i2c/i2c-dev.c), seen through a pretended koffi: I2C_SLAVE says whether a driver holds an address,
 * I2C_RDWR follows the pointers of its structures into the memory of the C library.
 */
export class FakeI2cDev extends FakeTree {
  readonly parts = new Map<number, FakePart>();
  /** What opening the bus answers, such as EACCES. */
  openFails: ErrorCode | undefined;
  /** What every transaction answers, such as ETIMEDOUT. */
  transferFails: ErrorCode | undefined;
  /** While it is set, transactions do not end. */
  hangs = false;
  /** The files that are open. */
  readonly open = new Set<number>();
  /** How many transactions were under way at once, at most. */
  mostAtOnce = 0;
  /** The messages of each transaction, as the kernel saw them. */
  readonly seen: { address: number; wrote: readonly number[]; read: number }[] = [];
  readonly #held = new Set<number>();
  readonly #memory = new Uint8Array(memoryBytes);
  #nextFree = base;
  #lastFile = 20;
  #underWay = 0;
  #release: (() => void)[] = [];
  readonly koffi = new FakeKoffi(
    {
      open: (path: string) => this.#openBus(path),
      close: (file: number) => (this.open.delete(file) ? 0 : this.koffi.fail("EBADF")),
      malloc: (bytes: number) => this.#allocate(bytes),
      memcpy: (to: number | Uint8Array, from: number | Uint8Array, bytes: number) => this.#copy(to, from, bytes),
      ioctl: (_file: number, request: number, address: number) =>
        request === 0x703 && this.#held.has(address) ? this.koffi.fail("EBUSY") : 0,
    },
    { ioctl: (file: number, _request: number, at: number) => this.#transact(file, at) },
  );

  constructor() {
    super({ "/sys/bus/i2c/devices/i2c-1/name": "bcm2835 (i2c@7e804000)\n" });
  }

  /** A driver of the kernel takes an address. */
  hold(address: number, name: string): void {
    this.#held.add(address);
    this.files.set(`/sys/bus/i2c/devices/1-${address.toString(16).padStart(4, "0")}/name`, `${name}\n`);
  }

  /** Transactions end again, those that hang too. */
  release(): void {
    this.hangs = false;
    for (const end of this.#release.splice(0)) end();
  }

  #openBus(path: string): number {
    if (this.openFails !== undefined) return this.koffi.fail(this.openFails);
    if (path !== "/dev/i2c-1") return this.koffi.fail("ENOENT");
    this.#lastFile += 1;
    this.open.add(this.#lastFile);
    return this.#lastFile;
  }

  #allocate(bytes: number): number {
    this.#nextFree += bytes + 16;
    return this.#nextFree - bytes - 16;
  }

  #copy(to: number | Uint8Array, from: number | Uint8Array, bytes: number): number {
    const place = (memory: number | Uint8Array) =>
      typeof memory === "number" ? this.#memory.subarray(memory - base) : memory;
    place(to).set(place(from).subarray(0, bytes));
    return 0;
  }

  async #transact(file: number, at: number): Promise<number> {
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    if (this.hangs) await new Promise<void>((resolve) => this.#release.push(resolve));
    await Promise.resolve();
    this.#underWay -= 1;
    if (!this.open.has(file)) return this.koffi.fail("EBADF");
    if (this.transferFails !== undefined) return this.koffi.fail(this.transferFails);
    return this.#carryOut(this.#messages(at)) ? 1 : this.koffi.fail("EREMOTEIO");
  }

  /** `struct i2c_rdwr_ioctl_data` and the `struct i2c_msg` that it points to. */
  #messages(at: number) {
    const pointer = this.koffi.pointerBytes;
    const view = new DataView(this.#memory.buffer);
    const pointerAt = (place: number) =>
      pointer === 8 ? Number(view.getBigUint64(place - base, true)) : view.getUint32(place - base, true);
    const first = pointerAt(at);
    return Array.from({ length: view.getUint32(at + pointer - base, true) }, (_, index) => {
      const place = first + index * (8 + pointer) - base;
      const length = view.getUint16(place + 4, true);
      const from = pointerAt(place + 8 + base) - base;
      const bytes = this.#memory.subarray(from, from + length);
      return { address: view.getUint16(place, true), reads: view.getUint16(place + 2, true) === 1, bytes };
    });
  }

  #carryOut(messages: readonly { address: number; reads: boolean; bytes: Uint8Array }[]): boolean {
    const [{ address } = { address: 0 }] = messages;
    const wrote = messages.filter(({ reads }) => !reads).flatMap(({ bytes }) => [...bytes]);
    const read = messages.find(({ reads }) => reads)?.bytes;
    this.seen.push({ address, wrote, read: read?.length ?? 0 });
    const answer = this.parts.get(address)?.transfer(wrote, read?.length ?? 0);
    if (answer !== undefined) read?.set(answer);
    return answer !== undefined;
  }
}
