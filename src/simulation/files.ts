import type { Files } from "../core/files.ts";

/** A missing file, as Node.js reports it. */
function missing(path: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: "ENOENT" });
}

/** A tree of pretended files: each gives its text anew at every reading. */
export function simulatedFiles(tree: Readonly<Record<string, () => string>>): Files {
  const read = (path: string) => {
    const text = tree[path];
    if (text === undefined) throw missing(path);
    return text();
  };
  return {
    readText: async (path) => read(path),
    readBytes: async (path) => Buffer.from(read(path)),
    writeText: async (path) => {
      throw missing(path);
    },
    async list(folder) {
      const names = Object.keys(tree)
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split("/")[0] ?? "");
      return [...new Set(names)].sort();
    },
    isWritable: async () => false,
  };
}
