import { onTestFinished } from "vitest";
import { pigpio } from "../../src/gpio/pigpio.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { type Bench, backendContract } from "../contract/backend-contract.ts";
import { realTime } from "../fakes/pins/pigpiod-bench.ts";
import { StandInMemory } from "./memory.ts";
import { standInPorts } from "./ports.ts";

function standInBench(): Bench {
  const memory = new StandInMemory(process.env["PIGPIO_STAND_IN"] ?? "");
  const started: Pins[] = [];
  onTestFinished(async () => {
    for (const pins of started) await pins.close();
  });
  return {
    start() {
      const pins = new Pins([pigpio], pigpio.name, standInPorts());
      started.push(pins);
      return pins;
    },
    level: (pin) => memory.level(pin),
    drive: (pin, level) => memory.drive(pin, level),
    changes: (pin) => memory.pin(pin, "changes"),
    ...realTime,
  };
}

backendContract("pigpio, with the real package", standInBench, {
  drivesAtOnce: true,
  staysDriven: true,
  pulls: true,
  debounces: true,
  stampsEdges: true,
});
