/** The errors that a call can fail with, by their numbers on Linux. */
const errno = {
  EACCES: 13,
  EAGAIN: 11,
  EBADF: 9,
  EBUSY: 16,
  EINVAL: 22,
  EIO: 5,
  ENODEV: 19,
  ENOENT: 2,
  ENXIO: 6,
  EPERM: 1,
  EREMOTEIO: 121,
  EOPNOTSUPP: 95,
  ETIMEDOUT: 110,
};
export type ErrorCode = keyof typeof errno;

/** Functions of the C library by their names; a result of -1 comes from {@link FakeKoffi.fail}. */
export type SystemCalls = Readonly<Record<string, (...values: never[]) => number>>;

/** What is called with the result of such a function. */
type Done = (error?: null, result?: number) => void;

/** Functions of the C library that are called on another thread. */
export type Meanwhile = Readonly<Record<string, (...values: never[]) => Promise<number>>>;

/**
 * The package koffi, with a C library whose functions are a test's own. Waiting for files is its part: `epoll_wait` ends when
 * something calls {@link wake}: the program itself through an eventfd, or a fake file that has something to read. A function that
 * a test has not made does nothing and returns 0.
 */
export class FakeKoffi {
  /** What the next calls of a function answer instead of doing their work, such as EIO for "ioctl". */
  readonly failing = new Map<string, ErrorCode>();
  /** The size of a pointer; 4 in a 32-bit system. */
  pointerBytes = 8;
  readonly #calls: SystemCalls;
  readonly #meanwhile: Meanwhile;
  #errno = 0;
  #waiting: (() => void) | undefined;
  /** Whether somebody woke the waiting before it began. */
  #woken = false;

  constructor(calls: SystemCalls, meanwhile: Meanwhile = {}) {
    this.#meanwhile = meanwhile;
    this.#calls = {
      fcntl: () => 0,
      epoll_create1: () => 3,
      epoll_ctl: () => 0,
      eventfd: () => 4,
      write: () => {
        this.wake();
        return 8;
      },
      ...calls,
    };
  }

  /** The module that `import("koffi")` gives. */
  get module() {
    const func = (definition: string) => {
      const name = /\w+(?=\()/.exec(definition)?.[0] ?? "";
      const call = (...values: unknown[]) => {
        const code = this.failing.get(name);
        return code === undefined ? (this.#calls[name]?.(...(values as never[])) ?? 0) : this.fail(code);
      };
      const async = (...values: unknown[]) => this.#begin(name, values.slice(0, -1), values.at(-1) as Done);
      return Object.assign(call, { async });
    };
    return { load: () => ({ func }), errno: () => this.#errno, sizeof: () => this.pointerBytes, os: { errno } };
  }

  /** Sets errno, and gives the result of a call that failed. */
  fail(code: ErrorCode): number {
    this.#errno = errno[code];
    return -1;
  }

  /** Ends the waiting that is under way, or the next one. */
  wake(): void {
    const waiting = this.#waiting;
    this.#woken = waiting === undefined;
    this.#waiting = undefined;
    if (waiting !== undefined) queueMicrotask(waiting);
  }

  #begin(name: string, values: unknown[], done: Done): void {
    const task = this.#meanwhile[name];
    if (task === undefined) this.#wait(() => done());
    else void task(...(values as never[])).then((result) => done(null, result));
  }

  #wait(done: () => void): void {
    this.#waiting = done;
    if (this.#woken) this.wake();
  }
}
