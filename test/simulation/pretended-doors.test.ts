import { expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { simulatedWorld } from "../../src/simulation/simulated-world.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { kinds } from "../fakes/kinds.ts";
import { FakeLog } from "../fakes/log.ts";

/** The agent with one device called `it`, in the simulated world. */
async function simulatedHouse(device: string) {
  const yaml = `devices:\n  it: {topic: it, ${device}}\n`;
  const known = { kinds, backends: [], environment: {}, hostname: "test" };
  const { config, problems } = checkConfig("devices.yaml", new TextEncoder().encode(yaml), known);
  if (config === undefined) throw new Error(problems.join("\n"));
  const clock = new FakeClock();
  const pins = simulatedBank(clock);
  const world = simulatedWorld(config.devices, pins, { clock, log: new FakeLog(), routines: false });
  const { files, isolate } = world.room;
  const house = await startHouse(yaml, { clock, pins, bank: world.pins, files, isolate });
  const said = () => {
    const { ts: _ts, ...values } = JSON.parse(house.bus.retained.get("it/state") ?? "{}");
    return values as Record<string, unknown>;
  };
  const send = async (payload: string, ms: number) => {
    house.bus.receive("it/set", payload);
    await clock.advance(ms);
    return said();
  };
  await clock.advance(2_000);
  return { said, send, warnings: () => house.log.at("warn") };
}

it("a simulated cover meets its end stops", async () => {
  const { said, send, warnings } = await simulatedHouse(
    "kind: cover, open_pin: 22, close_pin: 23, open_time: 21s, close_time: 13s, open_endstop_pin: 5, close_endstop_pin: 6",
  );
  expect(said()).toEqual({ state: "open", position: null, problem: null });
  expect(await send("CLOSE", 15_000)).toEqual({ state: "closed", position: 0, problem: null });
  expect(await send('{"position":30}', 15_000)).toEqual({ state: "open", position: 30, problem: null });
  expect(await send("OPEN", 30_000)).toEqual({ state: "open", position: 100, problem: null });
  expect(warnings()).toEqual([]);
});

it.each([[""], [", reverses: true"]])("a simulated garage door takes the pulses of its button%s", async (more) => {
  const { said, send, warnings } = await simulatedHouse(
    `kind: garage_door, button_pin: 22, closed_contact_pin: 5, open_contact_pin: 6, open_time: 13s, close_time: 17s${more}`,
  );
  expect(said()).toEqual({ state: "closed", problem: null });
  expect(await send("OPEN", 5_000)).toEqual({ state: "opening", problem: null });
  expect(await send("STOP", 5_000)).toEqual({ state: "open", problem: null });
  expect(await send("CLOSE", 20_000)).toEqual({ state: "closed", problem: null });
  expect(await send("OPEN", 20_000)).toEqual({ state: "open", problem: null });
  expect(await send("CLOSE", 5_000)).toEqual({ state: "closing", problem: null });
  expect(await send("OPEN", 20_000)).toEqual({ state: "open", problem: null });
  expect(warnings()).toEqual([]);
});
