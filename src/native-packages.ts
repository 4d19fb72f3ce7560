import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Loads a native package, which npm installs beside the program if it can. Rejects if it is not installed or does not work here. `import()`
 * would do the same, and would load that part of Node.js too which reads ES modules: 3 MB.
 */
export async function loadPackage(packageName: string): Promise<unknown> {
  return require(packageName);
}
