import { describe, expect, it, onTestFinished } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { GpioPorts } from "../../src/core/hardware/gpio.ts";
import { pigpio } from "../../src/gpio/pigpio.ts";
import { fakePigpio, openedPigpio, PigpioHardware, pi4, pigpioPorts } from "../fakes/pins/pigpio.ts";
import { FakeTree } from "../fakes/tree.ts";

const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);

const refused = (some: Partial<GpioPorts>) => said(pigpio.open(pigpioPorts(new PigpioHardware(), some)));

describe("where pigpio cannot work", () => {
  it.each([
    [
      "bcm2712",
      "raspberrypi,5-model-b\0brcm,bcm2712\0",
      /^pigpio cannot drive the pins of a Raspberry Pi with a bcm2712/,
    ],
    ["no Pi", "", /^pigpio drives the pins of a Raspberry Pi only, and this is none/],
  ])("says so on a board with %s", async (_name, compatible, sentence) => {
    const loaded: string[] = [];
    const load = async (name: string) => loaded.push(name);
    expect(await refused({ files: new FakeTree({ "/proc/device-tree/compatible": compatible }), load })).toMatch(
      sentence,
    );
    expect(loaded).toEqual([]);
  });

  it("sends a user who is not root to the daemon", async () => {
    expect(await refused({ isRoot: false })).toBe(
      "the package pigpio needs root; start the daemon pigpiod and use the backend pigpiod, which needs no rights",
    );
  });

  it("names the process that has the hardware, but not one that left its file behind", async () => {
    const lock = { ...pi4, "/var/run/pigpio.pid": "412\n" };
    expect(await refused({ files: new FakeTree({ ...lock, "/proc/412/comm": "pigpiod" }) })).toMatch(
      /^process 412 has pigpio's hardware \(\/var\/run\/pigpio.pid\); use the backend pigpiod, or end it/,
    );
    expect(await refused({ files: new FakeTree(lock) })).toBe("nothing");
  });

  it("says how to get the package when it is not there", async () => {
    const load = () => Promise.reject(new Error("Cannot find package 'pigpio'\nRequire stack: ..."));
    expect(await refused({ load })).toMatch(
      /^the package pigpio cannot be used \(Cannot find package 'pigpio'\); run "sudo apt install pigpio /,
    );
  });

  it("notices a package that was built empty, without its 20 lines of warning", async () => {
    const { warn } = console;
    onTestFinished(() => {
      console.warn = warn;
    });
    const shown: unknown[] = [];
    console.warn = (text) => void shown.push(text);
    const hardwareRevision = () => {
      throw new TypeError("pigpio.gpioHardwareRevision is not a function");
    };
    const load = async () => {
      console.warn('| Error: "Module did not self-register"        |');
      console.warn("Error: Module did not self-register: '/x/pigpio.node'.\n    at bindings (x.js:1:1)");
      return { hardwareRevision };
    };
    expect(await refused({ load })).toMatch(
      /^the package pigpio cannot be used \(Module did not self-register: '\/x\/pigpio.node'\); /,
    );
    expect(shown).toEqual([]);
    console.warn("later");
    expect(shown).toEqual(["later"]);
  });

  it("hands on what the library says when it does not start", async () => {
    const hardware = new PigpioHardware();
    hardware.owner = {};
    expect(await said(pigpio.open(pigpioPorts(hardware)))).toMatch(
      /^pigpio does not start \(pigpio error -1 in gpioInitialise\); /,
    );
  });
});

describe("the library in the agent's process", () => {
  it("opens no port and no pipe to others, and samples at what costs least", async () => {
    const { hardware } = await openedPigpio();
    expect(hardware.settings).toEqual({ sampleUs: 5, disabled: 3 });
  });

  it("claims nothing when it is opened", async () => {
    const { at } = await openedPigpio();
    expect(at(17)).toMatchObject({ mode: 0, use: "nothing", changes: 0 });
  });

  it("gives the hardware back at the end, so that another may have it", async () => {
    const { bank, hardware } = await openedPigpio();
    await bank.close();
    expect(hardware.owner).toBeUndefined();
    await expect(pigpio.open(pigpioPorts(hardware))).resolves.toBeDefined();
  });

  it("is not taken from a successor by closing twice", async () => {
    const hardware = new PigpioHardware();
    const module = fakePigpio(hardware);
    const open = () => pigpio.open(pigpioPorts(hardware, { load: async () => module }));
    const earlier = await open();
    await earlier.close();
    await open();
    await earlier.close();
    expect(hardware.owner).toBeDefined();
  });

  it("leaves the listeners for signals as they were", async () => {
    const seen: string[] = [];
    const listener = () => void seen.push("always");
    const once = () => void seen.push("once");
    process.on("SIGUSR2", listener).once("SIGUSR2", once);
    onTestFinished(() => void process.off("SIGUSR2", listener).off("SIGUSR2", once));
    await openedPigpio();
    process.emit("SIGUSR2");
    process.emit("SIGUSR2");
    expect(seen).toEqual(["always", "once", "always"]);
  });
});
