import { checkConfig, type Known } from "../../src/config/check.ts";
import { checkRules } from "../../src/config/rules/check-rules.ts";
import { backends } from "../../src/gpio/index.ts";
import { kinds } from "../fakes/kinds.ts";

/** What is said of a devices.yaml, on a machine that is called "test" unless `known` says otherwise. */
export function checked(yaml: string, known: Partial<Known> = {}) {
  const bytes = new TextEncoder().encode(yaml);
  return checkConfig("devices.yaml", bytes, {
    kinds,
    checkRules,
    backends,
    environment: {},
    hostname: "test",
    ...known,
  });
}
