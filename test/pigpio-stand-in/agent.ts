/**
 * A process that holds a pin as the agent does: it listens for signals first, then opens the pins, and when it is asked
 * to stop it brings its output to rest and closes.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { pigpio } from "../../src/gpio/pigpio.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { standInPorts } from "./ports.ts";

const pins = new Pins([pigpio], pigpio.name, standInPorts());
let stop = async () => {};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());

const line = await pins.output(17, { initial: 1, keep: false });
await pins.pwm(18, { frequencyHz: 50, duty: 0.5 });
const alive = setInterval(() => {}, 1_000);
stop = async () => {
  // What a device does on its way out takes a moment, during which more signals may come.
  await pause(100);
  line.write(0);
  await line.close();
  await pins.close();
  clearInterval(alive);
  console.log("stopped");
};

const [code] = await once(spawn(process.execPath, ["--version"], { stdio: "ignore" }), "exit");
console.log(`ready, and saw a child end with status ${code}`);
