import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../machine/processes.ts";
import type { Figure } from "./figure.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What is downloaded and installed, without the native packages. */
export const packageSize: Figure = {
  name: "package",
  about: "size of the npm package",
  quick: true,
  async measure() {
    const words = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const answer: unknown = JSON.parse(
      execFileSync("npm", words, {
        cwd: root,
        encoding: "utf8",
        env: cleanEnvironment(),
        stdio: ["ignore", "pipe", "ignore"],
      }),
    );
    // npm up to version 11 gives a list, later ones an object by name.
    const [size] = Object.values(answer as object) as { size: number; unpackedSize: number; entryCount: number }[];
    if (size === undefined) throw new Error("npm pack said nothing");
    return {
      rows: [
        { id: "package-packed", title: "package, packed, KB", decimals: 0, values: { agent: size.size / 1024 } },
        {
          id: "package-unpacked",
          title: "package, unpacked, KB",
          decimals: 0,
          values: { agent: size.unpackedSize / 1024 },
        },
        { id: "package-files", title: "files in the package", decimals: 0, values: { agent: size.entryCount } },
      ],
    };
  },
};
