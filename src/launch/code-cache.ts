import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { crc32 } from "node:zlib";

/** Something that has been compiled, such as a `Script` of node:vm. */
export interface Compiled {
  createCachedData(): Buffer;
}

/** The first line of the file. The compiled code follows, each from a multiple of {@link alignment}. */
interface Head {
  /** Which program the code is of, and which Node.js made it. */
  readonly of: string;
  readonly crc: number;
  readonly length: number;
  readonly modules: Readonly<Record<string, readonly [offset: number, length: number]>>;
}

const fileName = "program.cache";
/** The first line has always this length in bytes, so that the code begins at a place that is known. */
const headLength = 16_384;
/** V8 copies code that does not begin at a multiple of 8 bytes. */
const alignment = 8;
/** Nobody else may be able to write the file: its code is run as if it were the program. */
const writableByOthers = 0o022;

/**
 * V8's compiled code of the program, which saves half of the time of a start. It is made by the first run, and made anew after an upgrade of
 * the program or of Node.js. It is kept in the folder that systemd gives for that, else beside the program if that folder belongs to this
 * user. A file that does not fit is not used: one of another program or Node.js, one that is torn, and one that another user could write.
 */
export class CodeCache {
  readonly #of: string;
  readonly #folders: readonly string[];
  #head: Head | undefined;
  #code: Buffer | undefined;

  /** `id` is a hash of the program, `program` its file; `folder` is what systemd has put into CACHE_DIRECTORY. */
  constructor(id: string, program: string, folder: string | undefined) {
    this.#of = `${id} ${process.version} ${process.arch}`;
    const given = folder?.split(":")[0];
    this.#folders = given ? [given, dirname(program)] : [dirname(program)];
    for (const candidate of this.#folders) if (this.#read(join(candidate, fileName))) break;
  }

  /** The compiled code of a module. Undefined if there is none. */
  codeOf(name: string): Buffer | undefined {
    const place = this.#head?.modules[name];
    return place && this.#code?.subarray(place[0], place[0] + place[1]);
  }

  /** Writes a new file, of these modules, and those that were in the old one. A file that cannot be written is left out without a word. */
  async write(scripts: ReadonlyMap<string, Compiled>): Promise<void> {
    const folder = this.#folders.find(isOurs);
    if (folder === undefined) return;
    const parts: Buffer[] = [];
    const modules: Record<string, [number, number]> = {};
    let length = 0;
    const add = (name: string, code: Buffer) => {
      const padding = (alignment - (code.length % alignment)) % alignment;
      modules[name] = [length, code.length];
      parts.push(code, Buffer.alloc(padding));
      length += code.length + padding;
    };
    for (const [name, script] of scripts) {
      add(name, script.createCachedData());
      await setImmediate();
    }
    for (const name of Object.keys(this.#head?.modules ?? {})) {
      const code = modules[name] === undefined ? this.codeOf(name) : undefined;
      if (code !== undefined) add(name, code);
    }
    const code = Buffer.concat(parts);
    const head = JSON.stringify({ of: this.#of, crc: crc32(code), length, modules } satisfies Head);
    if (head.length >= headLength) return;
    await replaceFile(join(folder, fileName), [Buffer.from(`${head.padEnd(headLength - 1)}\n`), code]);
  }

  #read(file: string): boolean {
    try {
      const [head, code] = readBoth(file, this.#of);
      this.#head = head;
      this.#code = code;
      return true;
    } catch {
      return false;
    }
  }
}

/** Reads a file that fits. Throws if it does not. */
function readBoth(file: string, of: string): [Head, Buffer] {
  const descriptor = openSync(file, "r");
  try {
    const { uid, mode, size } = fstatSync(descriptor);
    if ((uid !== 0 && uid !== process.geteuid?.()) || (mode & writableByOthers) !== 0) throw new Error("not trusted");
    const first = Buffer.allocUnsafe(headLength);
    readSync(descriptor, first, 0, headLength, 0);
    const head = JSON.parse(first.toString("latin1")) as Head;
    if (head.of !== of || size !== headLength + head.length) throw new Error("of another program");
    const code = Buffer.allocUnsafeSlow(head.length);
    if (readSync(descriptor, code, 0, head.length, headLength) !== head.length) throw new Error("too short");
    // V8 does not notice torn code: it would end the process, at each start.
    if (crc32(code) !== head.crc) throw new Error("torn");
    return [head, code];
  } finally {
    closeSync(descriptor);
  }
}

function isOurs(folder: string): boolean {
  try {
    return statSync(folder).uid === process.geteuid?.();
  } catch {
    return false;
  }
}

async function replaceFile(file: string, parts: readonly Buffer[]): Promise<void> {
  const temporary = `${file}.${process.pid}`;
  try {
    await writeFile(temporary, Buffer.concat(parts), { mode: 0o644 });
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
