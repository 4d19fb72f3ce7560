import { describe, expect, it } from "vitest";
import { buildHint, explain } from "../../src/core/errors.ts";
import { onoff } from "../../src/gpio/onoff.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { fakePorts, inTime, onoffBench } from "../fakes/benches.ts";
import { FakeSysfs } from "../fakes/pins/sysfs.ts";
import { systemError } from "../fakes/tree.ts";

const output = { initial: 0, keep: false } as const;
const input = { pull: "none", debounceMs: 0, onEdge: () => {}, onError: () => {} } as const;
const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);

function portsOver(sysfs: FakeSysfs, more: { chip?: string; load?: () => Promise<unknown> } = {}) {
  return fakePorts({ files: sysfs, chip: more.chip, load: more.load ?? (async () => sysfs.onoff) });
}

describe("finding the chip", () => {
  it.each([
    ["Pi 0 to 3 before Linux 6.6", "pinctrl-bcm2835", 0],
    ["Pi 0 to 3 since Linux 6.6", "pinctrl-bcm2835", 512],
    ["Pi 4", "pinctrl-bcm2711", 512],
    ["Pi 5", "pinctrl-rp1", 571],
  ])("adds the base of the chip of a %s", async (_board, label, base) => {
    const { start, sysfs, level, log } = onoffBench(new FakeSysfs({ label, base }));
    const bank = start();
    await bank.output(17, { initial: 1, keep: false });
    expect(log.at("info")).toMatchObject([{ backend: "onoff", gpio: `${label} at /sys/class/gpio/gpiochip${base}` }]);
    expect([...sysfs.lines.keys()]).toEqual([base + 17]);
    expect(level(17)).toBe(1);
  });

  it("takes the header's chip, whatever others there are", async () => {
    const sysfs = new FakeSysfs({ base: 600 });
    for (const [file, text] of Object.entries({ label: "raspberrypi-exp-gpio", base: "512", ngpio: "8" }))
      sysfs.files.set(`/sys/class/gpio/gpiochip512/${file}`, text);
    await onoffBench(sysfs).start().output(4, output);
    expect([...sysfs.lines.keys()]).toEqual([604]);
  });

  it("takes the chip that the user names", async () => {
    const bank = await onoff.open(portsOver(new FakeSysfs({ label: "sunxi" }), { chip: "sunxi" }));
    expect(bank.description).toBe("sunxi at /sys/class/gpio/gpiochip512");
  });

  it("lists the chips when none of them fits", async () => {
    expect(await said(onoff.open(portsOver(new FakeSysfs({ label: "sunxi" }))))).toBe(
      'none of the GPIO chips "sunxi" is a Raspberry Pi\'s; name the right one in gpio.chip',
    );
  });
});

describe("where it cannot work", () => {
  it("says which group is missing", async () => {
    const sysfs = new FakeSysfs();
    sysfs.readOnly.add("/sys/class/gpio/export");
    expect(await said(onoff.open(portsOver(sysfs)))).toMatch(
      /^\/sys\/class\/gpio\/export cannot be written; put the user/,
    );
  });

  it("says how to build the package when it cannot be loaded", async () => {
    const load = () => Promise.reject(new Error("Cannot find module 'onoff'\nRequire stack: ..."));
    expect(await said(onoff.open(portsOver(new FakeSysfs(), { load })))).toBe(
      `the package onoff cannot be loaded (Cannot find module 'onoff'); ${buildHint}`,
    );
  });
});

describe("claiming a pin", () => {
  it("waits for udev without blocking, and gives up with the command that helps", async () => {
    const sysfs = new FakeSysfs();
    sysfs.udevDelayLooks = 50;
    const patient = portsOver(sysfs);
    const bank = new Pins([onoff], "onoff", patient);
    await expect(inTime(patient.clock, bank.output(17, output))).resolves.toBeDefined();
    sysfs.udevDelayLooks = Number.POSITIVE_INFINITY;
    expect(await said(inTime(patient.clock, bank.output(27, output)))).toMatch(
      /^the files of pin 27 in \/sys\/class\/gpio\/gpio539 cannot be written; put the user into the group gpio/,
    );
  });

  it("names the pin that the kernel or another program holds", async () => {
    const { start, sysfs } = onoffBench();
    sysfs.held.add(512 + 17);
    expect(await said(start().output(17, output))).toMatch(/^pin 17 is held by the kernel or another program; /);
  });

  it("refuses a pin that the chip does not have", async () => {
    expect(await said(onoffBench().start().output(58, output))).toBe("pinctrl-bcm2711 has no pin 58, only 0 to 57");
  });

  it("undoes an active_low that another program left, without moving the pin", async () => {
    const { start, sysfs, changes } = onoffBench();
    sysfs.export(529);
    Object.assign(sysfs.line(529), { direction: "out", activeLow: true, levels: [1] });
    const line = await start().output(17, { initial: 0, keep: true });
    expect(line.read()).toBe(1);
    expect(changes(17)).toBe(0);
  });

  it("notices a line that did not become an output", async () => {
    const { sysfs } = onoffBench();
    const { Gpio } = sysfs.onoff as { Gpio: { prototype: { setDirection: () => void } } };
    Gpio.prototype.setDirection = () => {};
    const bank = new Pins([onoff], "onoff", portsOver(sysfs, { load: async () => ({ Gpio }) }));
    sysfs.export(529);
    sysfs.udevDelayLooks = 0;
    expect(await said(bank.output(17, { initial: 1, keep: false }))).toMatch(
      /^pin 17 did not become an output at level 1/,
    );
  });

  it("refuses an input that cannot interrupt", async () => {
    const { start, sysfs } = onoffBench();
    sysfs.withoutEdge.add(517);
    expect(await said(start().input(5, input))).toBe("pin 5 cannot report edges; choose another pin");
  });

  it("says how to set a pull where the power-on pull is another", async () => {
    const { start, log } = onoffBench();
    const bank = start();
    await bank.input(5, { ...input, pull: "up" });
    await bank.input(17, { ...input, pull: "down" });
    expect(log.at("warn")).toEqual([]);
    await bank.input(27, { ...input, pull: "up" });
    expect(log.at("warn")).toMatchObject([{ pin: 27, add: "gpio=27=ip,pu" }]);
  });
});

describe("a pin that is lost while it is in use", () => {
  it("fails the write with a sentence, and can be claimed anew", async () => {
    const { start, sysfs, level } = onoffBench();
    const bank = start();
    const line = await bank.output(17, output);
    sysfs.unexport(529);
    expect(() => line.write(1)).toThrow("pin 17 was taken away");
    await line.close();
    const again = await bank.output(17, { initial: 1, keep: false });
    expect(again.read()).toBe(1);
    expect(level(17)).toBe(1);
  });

  it("tells the owner of an input", async () => {
    const { start, sysfs } = onoffBench();
    const errors: string[] = [];
    await start().input(5, { ...input, onError: (error) => errors.push(explain(error)) });
    sysfs.line(517).watcher?.(systemError("ENODEV"));
    expect(errors).toEqual([expect.stringMatching(/^pin 5 was taken away; another program .*"gpiodetect" shows/)]);
  });

  it("says that somebody turned an output into an input", async () => {
    const { start, sysfs } = onoffBench();
    const line = await start().output(17, output);
    sysfs.line(529).direction = "in";
    expect(() => line.write(1)).toThrow("pin 17 is no longer an output");
  });
});

describe("a chip that devices.yaml names", () => {
  const relays = [{ name: "relays", label: "mcp23017" }];
  /** Takes line 3 in a way, and lets time pass until it is done. */
  const take = <T>(sysfs: FakeSysfs, claim: (pins: Pins) => Promise<T>) => {
    const ports = portsOver(sysfs);
    return inTime(ports.clock, claim(new Pins([onoff], "auto", ports, relays)));
  };

  it("has outputs, which are read back because its driver hides that a write failed", async () => {
    const sysfs = new FakeSysfs({ label: "mcp23017", base: 570, lines: 16 });
    const line = await take(sysfs, (pins) => pins.output("relays/3", output));
    line.write(1);
    expect(sysfs.line(573).levels.at(-1)).toBe(1);
  });

  it("has inputs only with an interrupt", async () => {
    const sysfs = new FakeSysfs({ label: "mcp23017", base: 570, lines: 16 });
    sysfs.withoutEdge.add(573);
    expect(await said(take(sysfs, (pins) => pins.input("relays/3", input)))).toBe(
      "pin relays/3 cannot report edges; its chip has no interrupt; the backend gpiochip looks at such inputs",
    );
  });
});
