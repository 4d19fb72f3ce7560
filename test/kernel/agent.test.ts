import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { cannotRun } from "../e2e/required.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { type ChipPlan, persistOutputs, SimulatedChip } from "./gpio-sim.ts";

/** The ways to the pins that this kernel has. */
const backends = ["onoff", "gpiochip"];

const lamp = 17;
const pump = 22;
const door = 27;

const devices = `
devices:
  lamp: {kind: relay, topic: home/lamp, pin: ${lamp}, initial: keep, on_exit: off}
  pump: {kind: relay, topic: home/pump, pin: ${pump}, active_low: true, initial: keep, on_exit: keep}
  door: {kind: contact, topic: home/door, pin: ${door}, debounce: 20ms}
`;

/** What else a board shows before or beside the chip of its header; it moves that chip's number and base. */
const boards: [string, Required<Pick<ChipPlan, "label" | "lines">> & { others: ChipPlan[] }][] = [
  ["Pi 3", { label: "pinctrl-bcm2835", lines: 54, others: [] }],
  ["Pi 4", { label: "pinctrl-bcm2711", lines: 58, others: [{ label: "raspberrypi-exp-gpio", lines: 8 }] }],
  [
    "Pi 5",
    {
      label: "pinctrl-rp1",
      lines: 54,
      others: [
        { label: "gpio-brcmstb@107d508500", lines: 32 },
        { label: "gpio-brcmstb@107d517c00", lines: 15 },
      ],
    },
  ],
];

describe.each(backends)("the built agent on the kernel's pins, with the backend %s", (backend) => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  let broker: TestBroker;
  let observer: Observer;
  const chips: SimulatedChip[] = [];
  const agents: AgentProcess[] = [];

  const plugIn = (plan: ChipPlan) => {
    const chip = new SimulatedChip(plan);
    chips.push(chip);
    return chip;
  };
  const plugInPi = () => plugIn({ label: "pinctrl-bcm2711" });
  const start = async () => {
    const agent = startAgentProcess(`gpio: {backend: ${backend}}${devices}`, broker.port);
    agents.push(agent);
    for (const id of ["lamp", "pump", "door"])
      await agent.logged(`the state of ${id}`, ({ device, msg }) => device === id && msg === "state");
    await observer.until("pi2mqtt/test/status", "online");
    return agent;
  };
  const command = async (device: string, word: string) => {
    await observer.publish(`home/${device}`, word);
    await observer.until(`home/${device}/state`, word.toUpperCase());
  };

  beforeEach(async () => {
    // As Raspberry Pi OS has it.
    persistOutputs(true);
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
  });

  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.kill();
    await observer.close();
    await broker.stop();
    for (const chip of chips.splice(0)) chip.remove();
  });

  it.each(boards)("finds the pins among all others of the %s", async (_board, { label, lines, others }) => {
    for (const other of others) plugIn(other);
    const chip = plugIn({ label, lines });
    await start();
    await command("lamp", "on");
    expect(chip.level(lamp)).toBe(1);
  });

  it("drives a relay on command, without a flicker, active-low or not", async () => {
    const chip = plugInPi();
    await start();
    await observer.until("home/pump/state", "OFF");
    expect([chip.level(lamp), chip.changes(lamp)]).toEqual([0, 0]);
    expect([chip.level(pump), chip.changes(pump)]).toEqual([1, 1]);
    await command("lamp", "on");
    await command("pump", "on");
    expect([chip.level(lamp), chip.changes(lamp)]).toEqual([1, 1]);
    expect([chip.level(pump), chip.changes(pump)]).toEqual([0, 2]);
  });

  it("reports a contact as it is found, and each time it moves", async () => {
    const chip = plugInPi();
    chip.drive(door, 0);
    await start();
    await observer.until("home/door", "OFF");
    for (const [level, word] of [
      [1, "ON"],
      [0, "OFF"],
      [1, "ON"],
    ] as const) {
      chip.drive(door, level);
      await observer.until("home/door", word);
    }
  });

  it("leaves the pins as they are when it crashes and comes back", async () => {
    const chip = plugInPi();
    const crashing = await start();
    await command("lamp", "on");
    await command("pump", "on");
    const changes = [chip.changes(lamp), chip.changes(pump)];
    await crashing.kill();
    await observer.until("pi2mqtt/test/status", "offline");
    expect([chip.level(lamp), chip.level(pump)]).toEqual([1, 0]);
    await start();
    expect([chip.level(lamp), chip.level(pump)]).toEqual([1, 0]);
    expect([chip.changes(lamp), chip.changes(pump)]).toEqual(changes);
    expect(observer.on("home/lamp/state").at(-1)).toBe("ON");
  });

  it("leaves each relay as its owner wants it when it stops", async () => {
    const chip = plugInPi();
    const agent = await start();
    await command("lamp", "on");
    await command("pump", "on");
    expect(await agent.stop()).toBe(0);
    expect([chip.level(lamp), chip.level(pump)]).toEqual([0, 0]);
    expect([chip.changes(lamp), chip.changes(pump)]).toEqual([2, 2]);
  });
});
