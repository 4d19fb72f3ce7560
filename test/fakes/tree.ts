import type { FileBeginning, Files, Space, WritableFile } from "../../src/core/machine/files.ts";

/** What a system call reports when it fails. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: a system call failed`), { code });
}

/** A file that answers a reading by itself, or fails it by throwing. */
export type FakeFile = string | Uint8Array | (() => string);

/** A tree of files in memory. */
export class FakeTree implements Files {
  readonly files: Map<string, FakeFile>;
  readonly readOnly = new Set<string>();
  /** How long ago a file was changed, in milliseconds; one that is not in here was changed just now. */
  readonly ages = new Map<string, number>();
  /** Pipes and devices: they are there, and nobody knows what would come. */
  readonly pipes = new Set<string>();
  /** Where symbolic links lead to. What is behind a link is also in {@link files} below its own path. */
  readonly links = new Map<string, string>();
  /** The room of the file systems, by the folders that they are mounted on. */
  readonly spaces = new Map<string, Space>();

  constructor(files: Readonly<Record<string, FakeFile>> = {}) {
    this.files = new Map(Object.entries(files));
  }

  async readText(path: string): Promise<string> {
    return new TextDecoder().decode(await this.readBytes(path));
  }

  async readBytes(path: string): Promise<Uint8Array> {
    const file = this.files.get(path);
    if (file === undefined) throw systemError("ENOENT");
    const content = typeof file === "function" ? file() : file;
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  }

  async peek(path: string, mostBytes: number): Promise<FileBeginning> {
    const ageMs = this.ages.get(path) ?? 0;
    const nothing = { bytes: new Uint8Array(), isWhole: true, ageMs };
    if (this.pipes.has(path)) return { type: "other", ...nothing };
    if (!this.files.has(path) && (await this.list(path)).length > 0) return { type: "folder", ...nothing };
    const bytes = await this.readBytes(path);
    return { type: "file", bytes: bytes.subarray(0, mostBytes), isWhole: bytes.length <= mostBytes, ageMs };
  }

  async writeText(path: string, text: string): Promise<void> {
    if (!this.files.has(path)) throw systemError("ENOENT");
    if (this.readOnly.has(path)) throw systemError("EACCES");
    this.files.set(path, text);
  }

  async openForWriting(path: string): Promise<WritableFile> {
    await this.readBytes(path);
    if (this.readOnly.has(path)) throw systemError("EACCES");
    return {
      write: (text) => void this.files.set(path, text),
      close: async () => {},
    };
  }

  async list(folder: string): Promise<readonly string[]> {
    const inside = [...this.files.keys()].filter((path) => path.startsWith(`${folder}/`));
    return [...new Set(inside.map((path) => path.slice(folder.length + 1).split("/")[0] ?? ""))].sort();
  }

  async realPath(path: string): Promise<string> {
    const isThere = [...this.files.keys()].some((file) => file === path || file.startsWith(`${path}/`));
    if (!isThere) throw systemError("ENOENT");
    return this.links.get(path) ?? path;
  }

  async space(path: string): Promise<Space> {
    const space = this.spaces.get(path);
    if (space === undefined) throw systemError("ENOENT");
    return space;
  }

  async isWritable(path: string): Promise<boolean> {
    return this.files.has(path) && !this.readOnly.has(path);
  }
}
