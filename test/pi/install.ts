/**
 * npm run test:arm64: installs the package in an arm64 system with a compiler and in one without, and sees that the agent runs in
 * both. Prints what each installation took, in emulation. Says what it lacks where it cannot run: Debian, root and a network.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startAedes } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { type Installation, install, type Measured, manifest, type System } from "./installation.ts";
import { runInLab, startInLab } from "./lab.ts";
import { runSteps, type Step } from "./steps.ts";

/** What can be loaded after each installation: koffi brings its binary along, the others are compiled. */
const loadable: Readonly<Record<System, readonly string[]>> = {
  plain: ["koffi"],
  compiler: ["koffi", "onoff", "node-dht-sensor"],
};
const tryToLoad = `for (const name of ${JSON.stringify(loadable.compiler)}) await import(name).then(() => console.log(name), () => {})`;
const called: Readonly<Record<System, string>> = { plain: "without a compiler", compiler: "with a compiler" };

const installMs = 1_800_000;
const answerMs = 120_000;

await runSteps(async (step) => {
  for (const system of ["plain", "compiler"] as const) {
    const installation = await step(`${called[system]}: npm installs the package`, installMs, () => install(system));
    console.log(`        ${sentence(installation.measured)}`);
    await tryInstallation(system, installation, step);
  }
});

async function tryInstallation(system: System, { folder }: Installation, step: Step): Promise<void> {
  const inSystem = (...words: string[]) => runInLab("in-arm64.sh", [system, folder, ...words]);
  const see = (name: string, action: () => Promise<void>) => step(`${called[system]}: ${name}`, answerMs, action);

  await see(`${loadable[system].join(", ")} can be loaded, and nothing else`, async () => {
    const loaded = await inSystem("node", "--input-type=module", "--eval", tryToLoad);
    assert.deepEqual(loaded.split("\n"), loadable[system]);
  });
  await see("pi2mqtt says its version", async () => {
    assert.equal(await inSystem("node_modules/.bin/pi2mqtt", "--version"), manifest.version);
  });
  await see("pi2mqtt checks the devices.yaml that comes with it", async () => {
    assert.match(
      await inSystem("node_modules/.bin/pi2mqtt", "check", "node_modules/pi2mqtt/devices.yaml"),
      /no problems/,
    );
  });
  await see("pi2mqtt switches a simulated lamp for its broker, and ends when it is told to", async () => {
    const broker = await startAedes();
    const observer = await Observer.connect(broker.port);
    const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";
    const toBroker = `broker: {url: "mqtt://127.0.0.1:${broker.port}"}\n`;
    writeFileSync(join(folder, "devices.yaml"), `agent: {id: test}\n${toBroker}${lamp}`);
    const agent = startInLab("in-arm64.sh", [system, folder, "node_modules/.bin/pi2mqtt", "run", "--simulate"]);
    await observer.until("pi2mqtt/test/status", "online");
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    agent.child.kill("SIGTERM");
    assert.equal(await agent.ended, 0, agent.output());
    await observer.close();
    await broker.stop();
  });
}

/** "emulated: 241 s, of which epoll 64 s, pigpio 13 s; 11.4 MB, of which pi2mqtt 2.6 MB". */
function sentence({ seconds, scriptSeconds, megabytes }: Measured): string {
  const parts = (values: Readonly<Record<string, number>>, unit: string) =>
    Object.entries(values)
      .filter(([, value]) => value > 0)
      .sort(([, one], [, other]) => other - one)
      .map(([name, value]) => `${name} ${value} ${unit}`)
      .join(", ");
  const whole = Object.values(megabytes).reduce((sum, value) => sum + value, 0);
  return `emulated: ${seconds} s, of which ${parts(scriptSeconds, "s")}; ${whole.toFixed(1)} MB, of which ${parts(megabytes, "MB")}`;
}
