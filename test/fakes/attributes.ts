import type { Attribute, AttributePorts } from "../../src/runtime/machine/attributes.ts";
import { systemError } from "./tree.ts";

/** The file of a device: its text, or the code with which its driver fails. */
interface Node {
  text: string;
  code: string | undefined;
  isGone: boolean;
}

/** Longer texts are not given by an attribute that stays open. */
const mostBytes = 511;

/** Files as sysfs shows them: one that is open belongs to its device, also after another device has got its path. */
export class FakeAttributes implements AttributePorts {
  readonly #nodes = new Map<string, Node>();
  /** How often a file was opened. */
  opened = 0;
  /** How many files are open. */
  stillOpen = 0;

  /** A device appears with this file. */
  plug(path: string, text: string): void {
    this.#nodes.set(path, { text, code: undefined, isGone: false });
  }

  /** The device of the file is taken away. */
  unplug(path: string): void {
    this.#node(path).isGone = true;
    this.#nodes.delete(path);
  }

  /** The driver gives this text from now on. */
  say(path: string, text: string): void {
    Object.assign(this.#node(path), { text, code: undefined });
  }

  /** The driver fails from now on. */
  fail(path: string, code: string): void {
    this.#node(path).code = code;
  }

  async readWhole(path: string): Promise<string> {
    const node = this.#node(path);
    this.opened += 1;
    return textOf(node);
  }

  async open(path: string): Promise<Attribute | undefined> {
    const node = this.#node(path);
    if (path.startsWith("/sys/kernel/debug/")) return undefined;
    this.opened += 1;
    this.stillOpen += 1;
    return {
      async read() {
        const text = textOf(node);
        return text.length > mostBytes ? undefined : text;
      },
      close: () => {
        this.stillOpen -= 1;
      },
    };
  }

  #node(path: string): Node {
    const node = this.#nodes.get(path);
    if (node === undefined) throw systemError("ENOENT");
    return node;
  }
}

function textOf({ text, code, isGone }: Node): string {
  if (isGone) throw systemError("ENODEV");
  if (code !== undefined) throw systemError(code);
  return text;
}
