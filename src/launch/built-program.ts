import { openSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import type { CodeCache } from "./code-cache.ts";

/** Where a module is in the file of all modules, which holds Latin letters only, so a byte is a character. */
export interface ModulePlace {
  /** In bytes from the begin of the file. */
  readonly offset: number;
  readonly length: number;
  /** The number of lines before it. */
  readonly line: number;
}

/** What scripts/build.ts knows of the file of all modules. */
export interface BuiltTable {
  /** A hash of the file. */
  readonly id: string;
  readonly modules: Readonly<Record<string, ModulePlace>>;
}

type Require = (name: string) => unknown;
type Wrapper = (exports: unknown, require: Require, module: { exports: unknown }, file: string, folder: string) => void;

/**
 * The program as scripts/build.ts writes it: all modules in one file, which stays open, so that a module that is needed late is the one of
 * this version also after an upgrade. A module is read and compiled when it is first needed. Its compiled code comes from the cache, if
 * that fits.
 */
export class BuiltProgram {
  readonly #file: string;
  readonly #table: BuiltTable;
  readonly #require: Require;
  readonly #descriptor: number;
  readonly #loaded = new Map<string, { exports: unknown }>();
  /** The modules whose code did not come from the cache, or that may have to be written into a new one. Empty when nobody needs them. */
  readonly #scripts = new Map<string, Script>();
  #cache: CodeCache | undefined;
  #isComplete = true;

  /** `require` finds the modules that are not in the file: those of Node.js, and native packages. */
  constructor(file: string, table: BuiltTable, cache: CodeCache, require: Require) {
    this.#file = file;
    this.#table = table;
    this.#cache = cache;
    this.#require = require;
    this.#descriptor = openSync(file, "r");
  }

  /** Returns what the module exports. Throws what it throws. */
  load(name: string): unknown {
    const place = this.#table.modules[name];
    if (place === undefined) return this.#require(name);
    const known = this.#loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    this.#loaded.set(name, module);
    const wrapper = this.#compiled(name, place).runInThisContext() as Wrapper;
    const folder = dirname(this.#file);
    wrapper(module.exports, (wanted) => this.load(wanted), module, join(folder, name), folder);
    return module.exports;
  }

  /**
   * To be called when the program has been running for a moment: what it needs is loaded. It must come before V8 gets other flags, because
   * compiled code fits only the flags with which it was made. Writes a new cache, if the one that there was does
   * not fit, in small steps, so that the program is not held up.
   */
  async settle(): Promise<void> {
    const cache = this.#cache;
    this.#cache = undefined;
    if (cache !== undefined && !this.#isComplete) await cache.write(this.#scripts);
    this.#scripts.clear();
  }

  #compiled(name: string, { offset, length, line }: ModulePlace): Script {
    const text = Buffer.allocUnsafe(length);
    readSync(this.#descriptor, text, 0, length, offset);
    const cachedData = this.#cache?.codeOf(name);
    const script = new Script(text.toString("latin1"), {
      filename: this.#file,
      lineOffset: line,
      ...(cachedData && { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true) this.#isComplete = false;
    if (this.#cache !== undefined) this.#scripts.set(name, script);
    return script;
  }
}
