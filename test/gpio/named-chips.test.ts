import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { NamedChip } from "../../src/core/hardware/named-chip.ts";
import { gpiochip } from "../../src/gpio/gpiochip.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { driveToRest } from "../../src/safe-state.ts";
import { fakePorts } from "../fakes/benches.ts";
import { startHouse } from "../fakes/house.ts";
import { FakeLog } from "../fakes/log.ts";
import { expanderBench } from "../fakes/pins/expander.ts";
import { FakeGpiochip } from "../fakes/pins/gpiochip.ts";
import { device } from "../wiring/devices.ts";

const off = { initial: 0, keep: false } as const;
const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);
const pinsOf = (machine: FakeGpiochip, named: Omit<NamedChip, "name">) => {
  const ports = fakePorts({ files: machine, clock: machine.clock, load: async () => machine.koffi });
  return new Pins([gpiochip], "auto", ports, [{ name: "relays", ...named }]);
};

/** Takes line 3 of the chip that is meant, and tells which of these chips it is. */
async function found(named: Omit<NamedChip, "name">, plans: ConstructorParameters<typeof FakeGpiochip>[0][]) {
  const machine = new FakeGpiochip();
  const chips = plans.map(
    (plan, index) => new FakeGpiochip({ lines: 16, number: index + 1, ...plan, clock: machine.clock }),
  );
  for (const chip of chips) machine.plugIn(chip);
  await pinsOf(machine, named).output("relays/3", { initial: 1, keep: false });
  return chips.map((chip) => chip.level(3)).indexOf(1);
}

describe("a named chip is found", () => {
  const two = (label: string) => [
    { label, device: "1-0020" },
    { label, device: "1-0021" },
  ];

  it.each([
    ["by its label", { label: "mcp23017" }, [{ label: "other" }, { label: "mcp23017" }], 1],
    [
      "by its part, where the driver makes a label of the device",
      { label: "pca9555" },
      [{ label: "1-0021", device: "1-0021", part: "pca9555" }],
      0,
    ],
    [
      "by a part of the same registers",
      { label: "tca9555" },
      [{ label: "1-0021", device: "1-0021", part: "pca9555" }],
      0,
    ],
    ["by its address", { label: "mcp23017", address: 0x21 }, two("mcp23017"), 1],
    ["by its device", { label: "mcp23017", device: "1-0021" }, two("mcp23017"), 1],
    ["by its address on SPI", { label: "mcp23s17", address: 2 }, [{ label: "mcp23s17.0" }, { label: "mcp23s17.2" }], 1],
  ])("%s", async (_how, named, plans, index) => {
    expect(await found(named, plans)).toBe(index);
  });

  it("unless it is not clear which one is meant", async () => {
    expect(await said(found({ label: "mcp23017" }, two("mcp23017")))).toContain(
      '"relays" may be any of 2 chips: 1-0020, 1-0021; say which one in gpio.chips, such as {label: mcp23017, device: 1-0020}',
    );
  });
});

describe("a named chip that is not there", () => {
  it.each([
    [{ label: "mcp23017" }, "", 'add "dtoverlay=mcp23017,noints,addr=0x20" to /boot/firmware/config.txt and reboot'],
    [
      { label: "mcp23017", address: 0x21 },
      "dtoverlay=mcp23017",
      'config.txt loads its overlay; check that its address is right there, as in "dtoverlay=mcp23017,noints,addr=0x21", and the chip\'s wires, and reboot',
    ],
    [{ label: "my-own" }, "", '"gpiodetect" shows the labels of the chips that are there'],
  ])("is told with the line that makes it: %j, %s", async (named, configTxt, advice) => {
    const machine = new FakeGpiochip();
    machine.files.set("/boot/firmware/config.txt", configTxt);
    expect(await said(pinsOf(machine, named).output("relays/3", off))).toContain(`for "relays"; ${advice}`);
  });
});

describe("lines of a named chip", () => {
  it("are other pins than those of the header, with the same numbers or not", async () => {
    const { start, header, chip } = expanderBench();
    const { bus } = await start(
      "  a: {kind: relay, topic: a, pin: 10}\n  b: {kind: relay, topic: b, pin: relays/10}\n  c: {kind: relay, topic: c, pin: relays/0}\n",
    );
    bus.receive("b", "on");
    expect([header.level(10), chip.level(10), chip.level(0)]).toEqual([0, 1, 0]);
    expect(["a", "b", "c"].map((id) => bus.retained.get(`${id}/state`))).toEqual(["OFF", "ON", "OFF"]);
  });

  it("are other pins in the simulation, too", async () => {
    const { bus, pins } = await startHouse(
      "gpio: {chips: {relays: mcp23017}}\ndevices:\n  a: {kind: relay, topic: a, pin: 10}\n  b: {kind: relay, topic: b, pin: relays/10}\n",
    );
    bus.receive("b", "on");
    expect([pins.level(10), pins.level("relays/10")]).toEqual([0, 1]);
  });

  it("are brought to rest after a crash, and a chip that is gone is told", async () => {
    const { header, chip } = expanderBench();
    await pinsOf(header, { label: "mcp23017" }).output("relays/3", { initial: 1, keep: false });
    for (const file of [...chip.requests.keys()]) chip.requests.delete(file);
    Object.assign(chip.line(3), { owner: undefined, consumer: "" });
    const lamp = [device("lamp", "relay", { pin: "relays/3" })];
    const rest = () => driveToRest(lamp, { pins: pinsOf(header, { label: "mcp23017" }), clock: header.clock, log });
    const log = new FakeLog();
    expect([await rest(), chip.level(3)]).toEqual([true, 0]);
    chip.answers = false;
    expect(await rest()).toBe(false);
    expect(log.at("error").map(({ reason }) => reason)).toEqual([
      "pin relays/3 has a chip that does not answer (EREMOTEIO); check the chip's wires, its supply and its address",
    ]);
  });

  it("that the chip does not have are refused", async () => {
    const machine = expanderBench({ label: "my-own", lines: 8 }).header;
    expect(await said(pinsOf(machine, { label: "my-own" }).output("relays/8", off))).toBe(
      "my-own has no pin 8, only 0 to 7",
    );
  });

  it("that somebody else holds are told by their names", async () => {
    const { header, chip } = expanderBench();
    chip.line(3).consumer = "gpioset";
    expect(await said(pinsOf(header, { label: "mcp23017" }).output("relays/3", off))).toMatch(
      /^pin relays\/3 is held by "gpioset"/,
    );
  });

  it("of a chip that nobody has named are refused", async () => {
    expect(await said(pinsOf(new FakeGpiochip(), { label: "mcp23017" }).output("relais/3", off))).toBe(
      'there is no chip "relais" in gpio.chips for pin relais/3',
    );
  });

  it("say in their route how they are reached, and what is lost without an interrupt", async () => {
    const { header } = expanderBench();
    const pins = pinsOf(header, { label: "mcp23017" });
    const { bank, look } = await pins.route("relays/3", "input");
    expect(bank.description).toBe("mcp23017 at /dev/gpiochip1, device 1-0020");
    expect(look.lost).toEqual([
      "its chip has no interrupt, so the line is looked at every 20 ms, and shorter pulses go unseen",
    ]);
    expect((await pins.route("relays/3", "output")).look.lost).toBeUndefined();
    header.files.set("/sys/bus/i2c/devices/1-0020/of_node/interrupts", "");
    expect((await pins.route("relays/3", "input")).look.lost).toBeUndefined();
  });
});
