import { UserError } from "../core/errors.ts";

/** The configuration that the argument or the option names; undefined where neither does. Throws a UserError where both do. */
export function namedFile(argument: string | undefined, option: string | undefined): string | undefined {
  if (argument !== undefined && option !== undefined)
    throw new UserError(`the configuration is named twice, "${argument}" and "${option}"`, { hint: "name it once" });
  return argument ?? option;
}
