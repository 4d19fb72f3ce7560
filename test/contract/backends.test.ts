import { expect, it } from "vitest";
import { backends } from "../../src/gpio/index.ts";
import { gpiochipBench, onoffBench, simulatedBench } from "../fakes/benches.ts";
import { pigpioBench } from "../fakes/pins/pigpio.ts";
import { pigpiodBench } from "../fakes/pins/pigpiod-bench.ts";
import { type Bench, backendContract, type Promises } from "./backend-contract.ts";

const plain: Promises = { drivesAtOnce: true, staysDriven: true, pulls: false, debounces: false, stampsEdges: false };
const able: Promises = { ...plain, pulls: true, debounces: true, stampsEdges: true };
const contestants: Readonly<Record<string, readonly [() => Bench, Promises]>> = {
  gpiochip: [gpiochipBench, able],
  onoff: [onoffBench, plain],
  pigpio: [pigpioBench, able],
  pigpiod: [pigpiodBench, { ...able, drivesAtOnce: false }],
  simulated: [simulatedBench, { ...plain, pulls: true, stampsEdges: true }],
};

it("puts every backend on the bench", () => {
  const switching = backends.filter(({ uses }) => uses.output !== undefined);
  expect(Object.keys(contestants).sort()).toEqual(switching.map(({ name }) => name).sort());
});

for (const [name, [bench, promises]] of Object.entries(contestants)) backendContract(name, bench, promises);
