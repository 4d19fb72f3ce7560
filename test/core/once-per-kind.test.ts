import { expect, it } from "vitest";
import * as z from "zod";
import { oncePerKind } from "../../src/core/once-per-kind.ts";

it("looks once into the options of each kind, also where it finds nothing", () => {
  const [relay, sensor] = [{ pin: z.int() }, { every: z.string() }];
  const looked: z.ZodRawShape[] = [];
  const hasPin = oncePerKind((options) => {
    looked.push(options);
    return "pin" in options ? true : undefined;
  });
  expect([relay, sensor, relay, sensor].map(hasPin)).toEqual([true, undefined, true, undefined]);
  expect(looked).toEqual([relay, sensor]);
});
