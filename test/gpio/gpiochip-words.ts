import { explain } from "../../src/core/errors.ts";

export const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);
