import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../src/config/check.ts";
import { simulated } from "../../../src/gpio/simulated.ts";
import { kinds } from "../../fakes/kinds.ts";
import { both, Garage, marginMs, yaml } from "./garage.ts";

const fine = (state: string | null) => ({ state, problem: null });
const closedOnly = ", closed_contact_pin: 5";
const openOnly = ", open_contact_pin: 6";
const unknown =
  'nobody knows which way the door would go; move it to an end by its own button, or send "pulse" to give it one pulse, and watch it';

describe("what the contacts of a garage door see", () => {
  it("is a door that somebody else moves", async () => {
    const garage = await Garage.started();
    garage.door.press();
    await garage.pass(1_000);
    expect(garage.said).toEqual(fine("opening"));
    garage.send("OPEN");
    await garage.pass(20_000);
    garage.door.press();
    await garage.pass(1_000);
    expect(garage.said).toEqual(fine("closing"));
    await garage.pass(30_000);
    expect([garage.said, garage.pulses]).toEqual([fine("closed"), 0]);
  });

  it("is a door that stands between its ends for too long: the state and the log say so, until it is at an end", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    await garage.pass(5_000);
    garage.door.press();
    await garage.pass(15_000 + marginMs - 5_000 - 1);
    expect(garage.said).toEqual(fine("opening"));
    await garage.pass(1);
    expect(garage.said).toEqual({ state: "open", problem: "between" });
    await garage.pass(60_000);
    expect(garage.warnings).toEqual([
      "the door stands between its ends for longer than it takes; look whether something is in its way",
    ]);
    for (const command of ["OPEN", "CLOSE", "STOP"]) garage.send(command);
    expect(garage.pulses).toBe(1);
    expect(garage.warnings.at(-1)).toBe(unknown);
    garage.door.press();
    await garage.pass(30_000);
    expect(garage.said).toEqual(fine("closed"));
  });

  it("is a door a little before it stands: the next pulse waits until it does", async () => {
    const garage = await Garage.started(yaml(), { position: 100 });
    garage.send("CLOSE");
    while (garage.said.state !== "closed") await garage.pass(10);
    expect(garage.door.moves).toBe("close");
    garage.send("OPEN");
    await garage.pass(40_000);
    expect([garage.pulses, garage.door.position, garage.said]).toEqual([2, 100, fine("open")]);
  });

  it("is a door that does not move at a pulse", async () => {
    const garage = await Garage.started();
    garage.door.isDead = true;
    garage.send("OPEN");
    await garage.pass(marginMs);
    expect(garage.said).toEqual({ state: "closed", problem: "no_movement" });
    expect(garage.warnings).toHaveLength(1);
    garage.door.isDead = false;
    garage.send("OPEN");
    await garage.pass(30_000);
    expect([garage.said, garage.pulses]).toEqual([fine("open"), 2]);
  });

  it("is a door that is at both ends at once: it is not moved until that is over", async () => {
    const garage = await Garage.started();
    garage.door.bank.drive(6, 0);
    await garage.pass(50);
    expect(garage.said).toEqual({ state: null, problem: "both_contacts" });
    for (const command of ["OPEN", "CLOSE", "STOP"]) garage.send(command);
    await garage.pass(60_000);
    expect(garage.pulses).toBe(0);
    expect(garage.warnings).toContain(
      "both contacts say that the door is there; check their wires and contact_active_low",
    );
    garage.door.bank.drive(6, 1);
    await garage.pass(50);
    expect(garage.said).toEqual(fine("closed"));
  });

  it("is a door at the start of which nobody knows which way it would go", async () => {
    const garage = await Garage.started(yaml(), { position: 50 });
    for (const command of ["OPEN", "CLOSE", "STOP"]) garage.send(command);
    expect([garage.pulses, garage.warnings[0]]).toEqual([0, unknown]);
    await garage.pass(20_000 + marginMs);
    expect(garage.said).toEqual({ state: "open", problem: "between" });
  });

  it.each([
    [closedOnly, "close"],
    [openOnly, "open"],
  ])("is enough with one contact: %s", async (more, end) => {
    const contacts = end === "close" ? { close: 5 } : { open: 6 };
    const garage = await Garage.started(yaml(more), { contacts, position: end === "close" ? 0 : 100 });
    const [at, moving, other] = end === "close" ? ["closed", "opening", "open"] : ["open", "closing", "closed"];
    const time = end === "close" ? 15_000 : 20_000;
    expect(garage.said).toEqual(fine(at as string));
    garage.send(end === "close" ? "OPEN" : "CLOSE");
    await garage.pass(time - 1);
    expect(garage.said).toEqual(fine(moving as string));
    await garage.pass(1);
    expect(garage.said).toEqual(fine(other as string));
    await garage.restart(60_000);
    await garage.pass(1_000);
    expect(garage.said).toEqual(fine(other as string));
    garage.send(end === "close" ? "CLOSE" : "OPEN");
    await garage.pass(30_000);
    expect([garage.said, garage.pulses, garage.warnings]).toEqual([fine(at as string), 2, []]);
  });

  it.each([
    [closedOnly, { close: 5 }, "open"],
    [openOnly, { open: 6 }, null],
  ])("is not enough at the first start away from the one contact: %s", async (more, contacts, state) => {
    const garage = await Garage.started(yaml(more), { contacts, position: 50 });
    await garage.pass(60_000);
    expect(garage.said).toEqual(fine(state));
    garage.send("CLOSE");
    expect([garage.pulses, garage.warnings]).toEqual([0, [unknown]]);
  });
});

describe("what is known of a garage door", () => {
  it("outlives a kill at rest, also between its ends", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    await garage.pass(6_000);
    garage.send("STOP");
    await garage.pass(6_000);
    await garage.kill(5_000);
    await garage.pass(1_000);
    expect([garage.said, garage.pulses]).toEqual([fine("open"), 2]);
    garage.send("CLOSE");
    await garage.pass(30_000);
    expect([garage.said, garage.pulses]).toEqual([fine("closed"), 3]);
  });

  it("comes back by the contacts after a kill on the way", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    await garage.pass(6_000);
    await garage.kill(1_000);
    expect(garage.said).toEqual(fine("open"));
    garage.send("CLOSE");
    expect(garage.warnings).toEqual([unknown]);
    await garage.pass(20_000);
    expect(garage.said).toEqual(fine("open"));
    garage.send("CLOSE");
    expect(garage.said).toEqual(fine("closing"));
  });

  it("is written twice for each move", async () => {
    const garage = await Garage.started();
    const before = garage.stateFile.writes;
    garage.send("OPEN");
    await garage.pass(60_000);
    expect(garage.stateFile.writes).toBe(before + 2);
  });
});

describe("the options of a garage door", () => {
  const problems = (more: string) => {
    const known = { kinds, backends: [simulated], environment: {}, hostname: "test" };
    return checkConfig("devices.yaml", new TextEncoder().encode(yaml(more)), known).problems.map(String);
  };

  it.each([
    [
      "",
      "devices.door.closed_contact_pin: is missing, and so is open_contact_pin; the agent has to see the door at one end at least",
    ],
    [`${both}, pulse: 6s`, "is out of range; write a duration from 100ms to 5s"],
    [`${both}, margin: 0ms`, "is out of range; write a duration from 1s to 1m"],
    [`${both}, dead_time: 1m`, "is out of range; write a duration from 100ms to 10s"],
    [", closed_contact_pin: 22", "22"],
  ])("refuse %s", (more, sentence) => {
    expect(problems(more).join("\n")).toContain(sentence);
  });

  it("refuse a pulse that is as long as the way", () => {
    const text = yaml(`${both}, pulse: 5s`).replace("open_time: 15s", "open_time: 5s");
    const known = { kinds, backends: [simulated], environment: {}, hostname: "test" };
    const [problem] = checkConfig("devices.yaml", new TextEncoder().encode(text), known).problems;
    expect(String(problem)).toContain("pulse: must be shorter than open_time");
  });
});
