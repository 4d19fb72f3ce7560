import type { Files } from "../core/files.ts";

/** An error as Node.js reports it from a system call on a file. */
export function fileError(code: "ENOENT" | "EIO", path: string): Error {
  const [meaning, call] = code === "EIO" ? ["i/o error", "read"] : ["no such file or directory", "open"];
  return Object.assign(new Error(`${code}: ${meaning}, ${call} '${path}'`), { code });
}

/** A pretended tree, asked anew at every reading: the texts by path. A file that cannot be read throws instead. */
export function simulatedFiles(tree: () => ReadonlyMap<string, () => string>): Files {
  const read = (path: string) => {
    const file = tree().get(path);
    if (file === undefined) throw fileError("ENOENT", path);
    return file();
  };
  return {
    readText: async (path) => read(path),
    readBytes: async (path) => Buffer.from(read(path)),
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
    isWritable: async () => false,
  };
}
