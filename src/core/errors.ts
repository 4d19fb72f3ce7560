import { cleanLines } from "./text/clean-text.ts";

/**
 * An error that a person can mend: its message names what they wrote or what they have, in lower case and without a
 * full stop, and `hint` says what to do. It is shown without a stack; anything else that is thrown is a defect of ours.
 */
export class UserError extends Error {
  /** What to do about it, as a clause that follows "; ". */
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint;
  }
}

/** What to do about a native package that npm could not build: it drops such a package, so that rebuilding does nothing. */
export const buildHint =
  'run "sudo apt install python3 make g++" and then "npm install" again, or scripts/install.sh for the service';

/** What people read: the message, and the hint where there is one, safe to show whoever wrote it. Never a stack. */
export function explain(error: unknown): string {
  if (error instanceof UserError && error.hint !== undefined) return cleanLines(`${error.message}; ${error.hint}`);
  return cleanLines(error instanceof Error ? error.message : String(error));
}

/** The `code` of a Node.js system error, such as "ENOENT", or "" for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
