import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import { kernelPwm } from "../../src/gpio/kernel-pwm.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { cannotRun } from "../e2e/required.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { driveExpander, type ExpanderPart, expanderLevel, plugInExpanders, setAnswers } from "./expander-sim.ts";
import { persistOutputs, SimulatedChip } from "./gpio-sim.ts";
import { loadModule, namesIn, unloadModule, until } from "./guest.ts";
import { guestPorts } from "./ports.ts";

describe("the built agent on chips beside the header's", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  let broker: TestBroker;
  let observer: Observer;
  const chips: SimulatedChip[] = [];
  const agents: AgentProcess[] = [];

  const plugIn = (label: string, lines?: number) => {
    const chip = new SimulatedChip({ label, ...(lines !== undefined && { lines }) });
    chips.push(chip);
    return chip;
  };
  const start = async (yaml: string) => {
    const agent = startAgentProcess(yaml, broker.port);
    agents.push(agent);
    await observer.until("home/lamp/availability", "online");
    return agent;
  };
  const command = async (word: string) => {
    await observer.publish("home/lamp", word);
    await observer.until("home/lamp/state", word.toUpperCase());
  };
  const devices = (relay: string, contact: string) => `
devices:
  lamp: {kind: relay, topic: home/lamp, pin: ${relay}}
  door: {kind: contact, topic: home/door, pin: ${contact}, pull: none}
`;

  beforeEach(async () => {
    persistOutputs(true);
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
    plugIn("pinctrl-bcm2711");
  });

  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.kill();
    await observer.close();
    await broker.stop();
    for (const chip of chips.splice(0)) chip.remove();
  });

  it("drives a relay and hears a contact of a second bank, which goes and comes back with another number", async () => {
    const [header] = chips;
    const bank = plugIn("second-bank", 16);
    await start(`gpio: {chips: {relays: second-bank}}${devices("relays/4", "relays/5")}`);
    await command("on");
    expect([bank.level(4), header?.level(4)]).toEqual([1, 0]);
    bank.drive(5, 1);
    await observer.until("home/door", "ON");
    bank.unplug();
    await observer.until("home/lamp/availability", "offline");
    await observer.until("home/door/availability", "offline");
    // Takes the number that the bank had.
    plugIn("another", 2);
    bank.plug();
    await observer.until("home/lamp/availability", "online");
    await observer.until("home/door/availability", "online");
    await command("on");
    expect(bank.level(4)).toBe(1);
  });

  it.each<ExpanderPart>(["pca9534", "mcp23017", "pcf8574"])(
    "notices that a %s does not answer, which its driver hides, and goes on when it does again",
    async (part) => {
      const unplug = plugInExpanders();
      try {
        await start(`gpio: {chips: {relays: ${part}}}${devices("relays/4", "relays/5")}`);
        await command("on");
        expect(expanderLevel(part, 4)).toBe(1);
        for (const [level, word] of [
          [0, "OFF"],
          [1, "ON"],
        ] as const) {
          driveExpander(part, 5, level);
          await observer.until("home/door", word);
        }
        setAnswers(part, false);
        await observer.publish("home/lamp", "off");
        await observer.until("home/lamp/availability", "offline");
        await observer.until("home/door/availability", "offline");
        expect(observer.on("home/lamp/state").at(-1)).toBe("ON");
        setAnswers(part, true);
        await observer.until("home/lamp/availability", "online");
        await command("on");
        expect(expanderLevel(part, 4)).toBe(1);
        await agents[0]?.stop();
        expect(expanderLevel(part, 4)).toBe(0);
      } finally {
        for (const agent of agents.splice(0)) await agent.kill();
        unplug();
      }
    },
  );
});

describe("the kernel's driver of a PCA9685", () => {
  const address = "0x40";
  const chips = [{ name: "dimmers", label: "pca9685" }];
  const pins = () => new Pins([kernelPwm], "auto", guestPorts, chips);

  const bus = "/sys/bus/i2c/devices/i2c-0";

  beforeEach(async () => {
    loadModule("i2c-stub", `chip_addr=${address}`);
    await until("the bus's device file", () => namesIn("/dev").includes("i2c-0"));
    writeFileSync(`${bus}/new_device`, `pca9685 ${address}`);
  });

  afterEach(() => {
    writeFileSync(`${bus}/delete_device`, address);
    unloadModule("i2c-stub");
  });

  it("is found by its part, and has one frequency for all channels", async () => {
    const one = await pins().pwm("dimmers/3", { frequencyHz: 1_000, duty: 0.5 });
    one.write(0.25);
    const other = await pins().pwm("dimmers/4", { frequencyHz: 1_000, duty: 1 });
    const refusal = await pins()
      .pwm("dimmers/5", { frequencyHz: 50, duty: 0.1 })
      .then(() => "nothing", explain);
    expect(refusal).toContain("because its chip has one frequency for all channels and another one is in use");
    for (const line of [one, other]) await line.close();
  });
});
