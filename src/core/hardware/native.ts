import { explain, UserError } from "../errors.ts";

/** What is used of koffi (koffi.dev). */
interface Koffi {
  load(path: null): { func(definition: string): NativeFunction };
  errno(): number;
  readonly os: { readonly errno: Readonly<Record<string, number>> };
}

/** A function of the C library; `async` runs it on another thread and hands the result to the last argument. */
export interface NativeFunction {
  (...values: readonly unknown[]): number;
  async(...values: readonly unknown[]): void;
}

/** What is needed to reach the C library. */
export interface NativePorts {
  /** What the processor is called (`uname -m`): "armv6l", "armv7l", "aarch64", "x86_64". */
  readonly machine: string;
  /** Imports a native package. Rejects when it is not installed or not built. */
  readonly load: (packageName: string) => Promise<unknown>;
}

/** The functions of the C library, for what Node.js itself cannot ask of Linux. */
export interface CLibrary {
  /** A function by its definition in C. */
  func(definition: string): NativeFunction;
  /** What the last call failed with: an error with a `code`, as Node.js has it. */
  failure(call: string): Error & { code: string };
  /** The result, unless it says that the call failed: then throws {@link failure}. */
  checked(call: string, result: number): number;
}

/** Loads the C library through koffi, which comes prebuilt for every Pi but those with an ARMv6 processor; `instead` is a hint for these. */
export async function loadCLibrary({ load, machine }: NativePorts, instead?: string): Promise<CLibrary> {
  // Its 32-bit build is made of ARMv7 instructions: loading it there would end the whole process (readelf: Tag_CPU_arch v7).
  if (machine === "armv6l")
    throw new UserError("the package koffi has no build for this processor (ARMv6)", { hint: instead });
  try {
    const module = (await load("koffi")) as { default?: Koffi } & Koffi;
    return libraryThrough(module.default ?? module);
  } catch (cause) {
    throw new UserError(`the package koffi cannot be loaded (${explain(cause).split("\n")[0]})`, {
      hint: 'run "npm install" again without --omit=optional',
      cause,
    });
  }
}

function libraryThrough(koffi: Koffi): CLibrary {
  const library = koffi.load(null);
  // Some numbers have two names; EAGAIN is the one that Node.js uses too.
  const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));
  names.set(koffi.os.errno["EAGAIN"] ?? 11, "EAGAIN");
  const failure = (call: string) => {
    const code = names.get(koffi.errno()) ?? `errno ${koffi.errno()}`;
    return Object.assign(new Error(`${code}: ${call}`), { code });
  };
  return {
    func: (definition) => library.func(definition),
    failure,
    checked(call, result) {
      if (result < 0) throw failure(call);
      return result;
    },
  };
}
