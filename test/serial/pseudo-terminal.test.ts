import { symlinkSync, unlinkSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReadStream } from "node:tty";
import { afterEach, describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { Serial } from "../../src/core/hardware/serial.ts";
import { serialportPackage } from "../../src/serial/package.ts";
import { serialPorts } from "../../src/serial/serial-ports.ts";
import { cannotRun } from "../e2e/required.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { hex } from "../fakes/serial.ts";
import { FakeTree } from "../fakes/tree.ts";

/** A pseudo terminal: what is written at one end comes out at the other, as on a serial line. Undefined where there is none. */
async function pseudoTerminal(): Promise<{ readonly path: string; readonly end: ReadStream } | undefined> {
  try {
    const koffi = (await import("koffi")).default;
    const library = koffi.load(null);
    const readWrite = 2;
    const noControllingTerminal = 0o400;
    const master = library.func("int posix_openpt(int flags)")(readWrite | noControllingTerminal) as number;
    if (master < 0) return undefined;
    library.func("int grantpt(int fd)")(master);
    library.func("int unlockpt(int fd)")(master);
    const path = library.func("const char *ptsname(int fd)")(master) as string;
    await import("serialport");
    return { path, end: new ReadStream(master) };
  } catch {
    return undefined;
  }
}

const realPorts = (clock: FakeClock) =>
  serialPorts({
    files: new FakeTree(),
    realPath: realpath,
    openWith: serialportPackage((name) => import(name)),
    clock,
  });

const possible = await pseudoTerminal();
possible?.end.destroy();

describe.skipIf(possible === undefined)("a real serial line, through the package serialport", () => {
  const cleanUp: (() => Promise<unknown> | unknown)[] = [];
  afterEach(async () => {
    for (const task of cleanUp.splice(0).reverse()) await task();
  });

  const prepare = async () => {
    const folder = await mkdtemp(join(tmpdir(), "pi2mqtt-serial-"));
    cleanUp.push(() => rm(folder, { recursive: true }));
    const port = join(folder, "usb-adapter");
    const plugIn = async () => {
      const terminal = await pseudoTerminal();
      if (terminal === undefined) throw new Error("there is no pseudo terminal");
      symlinkSync(terminal.path, port);
      // The other end is read from, so that its end of file is noticed.
      terminal.end.on("error", () => {});
      return terminal.end;
    };
    const clock = new FakeClock();
    const serial = realPorts(clock);
    const settings = { port, baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 } as const;
    return { serial, clock, settings, plugIn, port };
  };

  /** Resolves with what a stream gives until it has given so many bytes. */
  const bytesOf = (listen: (tell: (bytes: Uint8Array) => void) => void, length: number) =>
    new Promise<number[]>((resolve) => {
      const heard: number[] = [];
      listen((bytes) => {
        heard.push(...bytes);
        if (heard.length >= length) resolve(heard);
      });
    });

  it("carries every byte both ways, also those that a terminal would change", async () => {
    const { serial, settings, plugIn } = await prepare();
    const end = await plugIn();
    cleanUp.push(() => end.destroy());
    const line = await serial.open(settings);
    cleanUp.push(() => line.close());
    const all = Array.from({ length: 256 }, (_, byte) => byte);
    const written = bytesOf((tell) => end.on("data", tell), 256);
    await line.write(all);
    expect(await written).toEqual(all);
    const read = bytesOf((tell) => line.onBytes(tell), 256);
    end.write(Uint8Array.from(all));
    expect(await read).toEqual(all);
  });

  it("is gone when it is unplugged, refuses meanwhile, and works when it is plugged in again", async () => {
    const { serial, clock, settings, plugIn, port } = await prepare();
    const end = await plugIn();
    const line = await serial.open(settings);
    const gone = new Promise<string>((resolve) => line.onGone((error) => resolve(explain(error))));
    end.destroy();
    unlinkSync(port);
    // The package itself may notice nothing, if it was just reading.
    await clock.advance(5_000);
    expect(await gone).toBe(`the serial port ${port} is gone; plug its adapter in again`);
    await line.close();
    await expect(serial.open(settings).catch(explain)).resolves.toMatch(/^there is no serial port /);

    const again = await plugIn();
    cleanUp.push(() => again.destroy());
    const newLine = await serial.open(settings);
    cleanUp.push(() => newLine.close());
    const read = bytesOf((tell) => newLine.onBytes(tell), 3);
    again.write(Uint8Array.from(hex("01 02 03")));
    expect(await read).toEqual([1, 2, 3]);
  });

  it("is refused to a second program, and is free again after the first has closed it", async () => {
    const { serial, settings, plugIn } = await prepare();
    const end = await plugIn();
    cleanUp.push(() => end.destroy());
    const line = await serial.open(settings);
    const other = realPorts(new FakeClock());
    await expect(other.open(settings).catch(explain)).resolves.toContain(
      "is used by another program; end that program",
    );
    await line.close();
    const now = await other.open(settings);
    await now.close();
  });

  it.each([
    [
      "a meter that is asked",
      "modbus, measures: {voltage: {register: 0, type: input, value: float32}}",
      (end: ReadStream) => {
        end.on("data", (bytes) => {
          if ([...bytes].join() === hex("01 04 00 00 00 02 71 CB").join())
            end.write(Uint8Array.from(hex("01 04 04 43 66 33 34 1B 38")));
        });
      },
      { voltage: 230.2 },
    ],
    ["a sensor that speaks by itself", "sds011", (_end: ReadStream) => {}, { pm25: 123.6, pm10: 265.8 }],
  ])("has %s at its end, whose reading is published", async (_which, kind, connect, reading) => {
    const { serial, clock, settings, plugIn } = await prepare();
    const end = await plugIn();
    cleanUp.push(() => end.destroy());
    const yaml = `devices:\n  it: {topic: it, port: /dev/serial0, kind: ${kind}}\n`;
    const atPort: Serial = { open: (wanted) => serial.open({ ...wanted, port: settings.port }) };
    const { agent, bus } = await startHouse(yaml, { serial: atPort, clock });
    connect(end);
    while (!bus.retained.has("it")) {
      // Half a report and a whole one. What is said before the port is open is lost.
      if (kind === "sds011") end.write(Uint8Array.from(hex("04 62 0A A1 60 45 AB AA C0 D4 04 62 0A A1 60 45 AB")));
      await clock.advance(1);
    }
    await agent.stop();
    expect(JSON.parse(bus.retained.get("it") ?? "")).toMatchObject(reading);
  });

  it("says in a sentence that a file is no serial port", async () => {
    const { serial, settings } = await prepare();
    await expect(serial.open({ ...settings, port: "/dev/null" }).catch(explain)).resolves.toMatch(
      /^\/dev\/null is no serial port; choose one of /,
    );
  });
});

if (possible === undefined)
  cannotRun("a serial line needs the packages serialport and koffi, and pseudo terminals (/dev/ptmx)");
