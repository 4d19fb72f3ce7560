import { explain, UserError } from "../errors.ts";

/** What is used of koffi (koffi.dev). */
interface Koffi {
  load(path: null): { func(definition: string): NativeFunction };
  errno(): number;
  sizeof(type: string): number;
  readonly os: { readonly errno: Readonly<Record<string, number>> };
}

/** A function of the C library. `async` runs it on another thread and gives the result to its last argument, a callback. */
export interface NativeFunction {
  (...values: readonly unknown[]): number;
  async(...values: readonly unknown[]): void;
}

/** What is needed to reach the C library. */
export interface NativePorts {
  /** The processor as `uname -m` names it: "armv6l", "armv7l", "aarch64", "x86_64". */
  readonly machine: string;
  /** Imports a native package. Rejects when it is not installed or not built. */
  readonly load: (packageName: string) => Promise<unknown>;
}

/** The functions of the C library, for system calls that Node.js does not offer. */
export interface CLibrary {
  /** The size of a pointer of this process, in bytes. */
  readonly pointerBytes: number;
  /** A function by its definition in C. */
  func(definition: string): NativeFunction;
  /** Why the last call failed: an error with a `code`, as Node.js makes it. */
  failure(call: string): Error & { code: string };
  /** Returns the result of a call. Throws {@link failure} if the result says that the call failed. */
  checked(call: string, result: number): number;
}

/**
 * Loads the C library through koffi, which is prebuilt for every Pi except those with an ARMv6 processor. `instead` is the hint for those.
 * Rejects with a UserError.
 */
export async function loadCLibrary({ load, machine }: NativePorts, instead?: string): Promise<CLibrary> {
  // koffi's 32-bit build has ARMv7 instructions (readelf: Tag_CPU_arch v7). Loading it on ARMv6 would end the whole process.
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
    pointerBytes: koffi.sizeof("void *"),
    func: (definition) => library.func(definition),
    failure,
    checked(call, result) {
      if (result < 0) throw failure(call);
      return result;
    },
  };
}

let callsUnderWay = 0;

/** How many calls of the C library are made meanwhile, in threads of their own, and have not ended. The end of the program waits for them. */
export function nativeCallsUnderWay(): number {
  return callsUnderWay;
}

/** Counts such a call until it has ended. */
export async function countedCall<Result>(call: Promise<Result>): Promise<Result> {
  callsUnderWay += 1;
  try {
    return await call;
  } finally {
    callsUnderWay -= 1;
  }
}
