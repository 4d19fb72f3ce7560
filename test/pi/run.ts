/**
 * npm run test:pi: installs the package in an arm64 system, boots an emulated Raspberry Pi 3 with it, and switches its pins by MQTT
 * while a meter is on them from outside. Says what it lacks where it cannot run: it needs Debian, root and a network.
 */
import assert from "node:assert/strict";
import { startAedes } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { bootPi, type EmulatedPi } from "./emulated-pi.ts";
import { install } from "./installation.ts";
import { runSteps, type Step } from "./steps.ts";

/**
 * The ways to the pins that work there: pigpio wants a file that only Raspberry Pi OS's kernel has. onoff is last, because its
 * pins stay exported, which closes them to others.
 */
const backends = ["gpiochip", "onoff"];

const lamp = 17;
const pump = 22;
const door = 27;

/**
 * Node.js needs some seconds to start there. QEMU's pins raise no interrupts, so inputs are seen by the look that the agent
 * takes every two seconds; the kernel's debounce would wait for interrupts, hence none.
 */
const startMs = 120_000;
const answerMs = 20_000;

const devicesFor = (backend: string, port: number) => `
agent: {id: ${backend}}
broker: {url: "mqtt://10.0.2.2:${port}"}
gpio: {backend: ${backend}}
devices:
  lamp: {kind: relay, topic: ${backend}/lamp, pin: ${lamp}}
  pump: {kind: relay, topic: ${backend}/pump, pin: ${pump}, active_low: true, on_exit: on}
  door: {kind: contact, topic: ${backend}/door, pin: ${door}, debounce: 0ms}
  processor: {kind: cpu_temperature, topic: ${backend}/processor, every: 5s}
`;

await runSteps(async (step) => {
  const { folder } = await step("install the package in an arm64 system", 1_800_000, () => install("compiler"));
  const broker = await startAedes();
  const observer = await Observer.connect(broker.port);
  try {
    const pi = await step("boot the emulated Pi", startMs, () => bootPi({ "/opt/pi2mqtt": folder }));
    try {
      for (const backend of backends) await tryBackend(backend, { step, pi, observer, port: broker.port });
    } finally {
      await pi.stop();
    }
  } finally {
    await observer.close();
    await broker.stop();
  }
});

interface Bench {
  readonly step: Step;
  readonly pi: EmulatedPi;
  readonly observer: Observer;
  readonly port: number;
}

async function tryBackend(backend: string, { step, pi, observer, port }: Bench): Promise<void> {
  const log = `/tmp/${backend}.log`;
  const see = (name: string, action: () => Promise<void>, limitMs = answerMs) =>
    step(`${backend}: ${name}`, limitMs, action).catch(async (error) => {
      const showLog = async () => console.error(await pi.shell(`cat ${log}`));
      // The shell does not answer while the command that failed still waits.
      await step(`${backend}: the agent's log, as above`, answerMs, showLog).catch(() => {});
      throw error;
    });
  await pi.shell(`cat >/tmp/${backend}.yaml <<'END'\n${devicesFor(backend, port)}\nEND`);
  for (const pin of [lamp, pump, door]) await pi.pins.drive(pin, 0);

  await pi.shell(`/opt/pi2mqtt/node_modules/.bin/pi2mqtt run --config /tmp/${backend}.yaml >${log} 2>&1 & agent=$!`);
  await see("the agent comes online", () => observer.until(`pi2mqtt/${backend}/status`, "online"), startMs);

  await see("relays are off before anybody commands them, also one that is off at a high level", async () => {
    await observer.until(`${backend}/pump/state`, "OFF");
    assert.deepEqual(await Promise.all([lamp, pump, door].map((pin) => pi.pins.function(pin))), [
      "output",
      "output",
      "input",
    ]);
    assert.deepEqual(await Promise.all([lamp, pump].map((pin) => pi.pins.level(pin))), [0, 1]);
  });
  await see("a published on switches the pin, and off switches it back", async () => {
    for (const [payload, level] of [
      ["on", 1],
      ["off", 0],
      ["on", 1],
    ] as const) {
      await observer.publish(`${backend}/lamp`, payload);
      await pi.pins.until(lamp, level);
      await observer.until(`${backend}/lamp/state`, payload.toUpperCase());
    }
  });
  await see("a contact that opens and closes is seen", async () => {
    await observer.until(`${backend}/door`, "OFF");
    await pi.pins.drive(door, 1);
    await observer.until(`${backend}/door`, "ON");
    await pi.pins.drive(door, 0);
    await observer.until(`${backend}/door`, "OFF");
  });
  await see("the processor's temperature comes from the kernel", async () => {
    // QEMU's thermometer always shows 25.178 °C.
    await observer.untilTrue(() =>
      observer.on(`${backend}/processor`).some((reading) => reading.includes('"temperature":25.2')),
    );
  });
  await see("SIGTERM brings each relay to its rest and ends the agent well", async () => {
    await pi.shell("kill -TERM $agent; wait $agent");
    await observer.until(`pi2mqtt/${backend}/status`, "offline");
    assert.deepEqual(await Promise.all([lamp, pump].map((pin) => pi.pins.level(pin))), [0, 0]);
    assert.match(await pi.shell(`tail -1 ${log}`), /pi2mqtt stopped/);
  });
}
