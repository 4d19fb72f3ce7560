import { cleanLines } from "./text/clean-text.ts";

/**
 * An error that the user can correct. The message names what the user wrote or has, in lower case and without a full stop, and `hint` says
 * what to do. It is shown without a stack. Every other error that is thrown is a defect of this program.
 */
export class UserError extends Error {
  /** What to do about it: a clause that is put after "; ". */
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint;
  }
}

/** What to do about a native package that npm could not build. npm removes such a package, so "npm rebuild" has nothing to build. */
export const buildHint =
  'run "sudo apt install python3 make g++" and then "npm install" again, or scripts/install.sh for the service';

/** The text for people: the message, and the hint if there is one. Control characters are removed. It never has a stack. */
export function explain(error: unknown): string {
  if (error instanceof UserError && error.hint !== undefined) return cleanLines(`${error.message}; ${error.hint}`);
  return cleanLines(error instanceof Error ? error.message : String(error));
}

/** The `code` of a Node.js system error, such as "ENOENT", or "" for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
