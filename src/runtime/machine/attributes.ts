import { errorCode } from "../../core/errors.ts";
import type { OpenAttribute } from "./open-attribute.ts";

/** The part of an {@link OpenAttribute} that is used. */
export type Attribute = Pick<OpenAttribute, "read" | "close">;

/** What reading attributes needs. */
export interface AttributePorts {
  /** Reads a file in the usual way: opens it, reads it and closes it. */
  readonly readWhole: (path: string) => Promise<string>;
  /** Opens an attribute to keep it open; undefined for a file that is none. */
  readonly open: (path: string) => Promise<Attribute | undefined>;
}

/**
 * Attributes of drivers, whose files are never replaced by others while they are there. A network interface is an exception: it can be
 * renamed, and then another one may get its name.
 */
const isAttribute = /^\/sys\/(?!.*\/net\/)/;
/** So many paths are remembered. Node.js may open a thousand files and more. */
const mostKnown = 256;

/**
 * Reads attributes that are read again and again, and keeps them open: a sensor that is read each second then costs one system call, and
 * wakes one thread, instead of four or five. A file is opened at its second reading, because many are read only once.
 */
export class Attributes {
  readonly #ports: AttributePorts;
  /** What is known of a path: it was read once, it is read in the usual way from now on, or it is open. The oldest come first. */
  readonly #known = new Map<string, "read once" | "usual" | Attribute>();

  constructor(ports: AttributePorts) {
    this.#ports = ports;
  }

  /** The text of any file. Fails with system errors. */
  async readText(path: string): Promise<string> {
    if (!isAttribute.test(path)) return this.#ports.readWhole(path);
    const known = this.#known.get(path);
    if (typeof known === "object") return this.#readOpen(path, known);
    if (known === "read once") return this.#openAndRead(path);
    const text = await this.#ports.readWhole(path);
    if (!this.#known.has(path)) this.#note(path, "read once");
    return text;
  }

  async #openAndRead(path: string): Promise<string> {
    // Whoever reads it meanwhile does not open it too.
    this.#note(path, "usual");
    const opened = await this.#ports.open(path).catch((error) => {
      this.#known.delete(path);
      throw error;
    });
    if (opened === undefined) return this.#ports.readWhole(path);
    this.#note(path, opened);
    return this.#readOpen(path, opened);
  }

  async #readOpen(path: string, file: Attribute): Promise<string> {
    try {
      const text = await file.read();
      if (text !== undefined) return text;
      this.#note(path, "usual");
    } catch (error) {
      if (errorCode(error) !== "ENODEV") throw error;
      // The device is gone, or its driver says so. Whatever has this path now is read instead.
      if (this.#known.get(path) === file) this.#forget(path);
    }
    return this.#ports.readWhole(path);
  }

  #note(path: string, what: "read once" | "usual" | Attribute): void {
    this.#forget(path);
    this.#known.set(path, what);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#forget(oldest);
  }

  #forget(path: string): void {
    const known = this.#known.get(path);
    this.#known.delete(path);
    if (typeof known === "object") known.close();
  }
}
