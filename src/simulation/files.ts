import type { Files, Space } from "../core/machine/files.ts";

/** An error as Node.js makes it when a system call on a file fails. */
export function fileError(code: "ENOENT" | "EIO", path: string): Error {
  const [meaning, call] = code === "EIO" ? ["i/o error", "read"] : ["no such file or directory", "open"];
  return Object.assign(new Error(`${code}: ${meaning}, ${call} '${path}'`), { code });
}

/** The texts of a simulated tree of files, which change all the time. */
export interface SimulatedTexts {
  /** The paths of all files that are there now. */
  paths(): readonly string[];
  /** The text of a file now; undefined where there is none. Throws where it cannot be read. */
  text(path: string): string | undefined;
}

/** A simulated tree of files. `spaceOf` gives the room of the file system at a path, if it has one. */
export function simulatedFiles(texts: SimulatedTexts, spaceOf: (path: string) => Space | undefined): Files {
  const read = (path: string) => {
    const text = texts.text(path);
    if (text === undefined) throw fileError("ENOENT", path);
    return text;
  };
  return {
    readText: async (path) => read(path),
    readBytes: async (path) => Buffer.from(read(path)),
    async peek(path, mostBytes) {
      const bytes = Buffer.from(read(path));
      return { type: "file", bytes: bytes.subarray(0, mostBytes), isWhole: bytes.length <= mostBytes, ageMs: 0 };
    },
    writeText: async (path) => {
      throw fileError("ENOENT", path);
    },
    openForWriting: async (path) => {
      throw fileError("ENOENT", path);
    },
    async list(folder) {
      const names = texts
        .paths()
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split("/")[0] ?? "");
      return [...new Set(names)].sort();
    },
    async realPath(path) {
      const isThere = texts.paths().some((file) => file === path || file.startsWith(`${path}/`));
      if (!isThere) throw fileError("ENOENT", path);
      return path;
    },
    async space(path) {
      const space = spaceOf(path);
      if (space === undefined) throw fileError("ENOENT", path);
      return space;
    },
    isWritable: async () => false,
  };
}
