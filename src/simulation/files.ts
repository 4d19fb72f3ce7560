import type { Files, Space } from "../core/machine/files.ts";

/** An error as Node.js makes it when a system call on a file fails. */
export function fileError(code: "ENOENT" | "EIO", path: string): Error {
  const [meaning, call] = code === "EIO" ? ["i/o error", "read"] : ["no such file or directory", "open"];
  return Object.assign(new Error(`${code}: ${meaning}, ${call} '${path}'`), { code });
}

/**
 * A simulated tree of files. `tree` is called at every access and gives the texts by path. For a file that cannot be read its function
 * throws. `spaceOf` gives the room of the file system at a path, if it has one.
 */
export function simulatedFiles(
  tree: () => ReadonlyMap<string, () => string>,
  spaceOf: (path: string) => Space | undefined,
): Files {
  const read = (path: string) => {
    const file = tree().get(path);
    if (file === undefined) throw fileError("ENOENT", path);
    return file();
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
      const names = [...tree().keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split("/")[0] ?? "");
      return [...new Set(names)].sort();
    },
    async realPath(path) {
      const isThere = [...tree().keys()].some((file) => file === path || file.startsWith(`${path}/`));
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
