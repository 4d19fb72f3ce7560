import { z } from "zod";
import { type DeviceKind, defineDevice } from "../../src/core/kind.ts";

/** A kind that does what a test says; its commands are any word, or an object with one. */
export function probe(behaviour: Partial<Parameters<typeof defineDevice>[0]>): DeviceKind {
  return defineDevice({
    kind: "probe",
    summary: "A kind for tests.",
    usedFor: "tests",
    options: {},
    example: {},
    state: z.string(),
    command: z.union([z.string(), z.strictObject({ word: z.string() })]),
    entities: () => [],
    setup: async () => ({}),
    ...behaviour,
  } as never);
}
