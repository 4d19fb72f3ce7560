import { checkConfig } from "../../src/config/check.ts";
import { simulated } from "../../src/gpio/simulated.ts";
import { kinds } from "../fakes/kinds.ts";

export function check(yaml: string) {
  const known = { kinds, backends: [simulated], environment: {}, hostname: "office-pi" };
  return checkConfig("devices.yaml", new TextEncoder().encode(yaml), known);
}
