import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { SerialSettings } from "../../src/core/hardware/serial.ts";
import type { OpenWith, PortEvents } from "../../src/serial/package.ts";
import { serialportPackage } from "../../src/serial/package.ts";
import { serialPorts } from "../../src/serial/serial-ports.ts";
import { FakeClock } from "../fakes/clock.ts";
import { FakeTree, systemError } from "../fakes/tree.ts";

const adapter = "/dev/serial/by-id/usb-FTDI-port0";
const settings = (port: string, more: Partial<SerialSettings> = {}): SerialSettings => ({
  port,
  baudRate: 9600,
  dataBits: 8,
  parity: "none",
  stopBits: 1,
  ...more,
});

/** A machine with a USB adapter and /dev/serial0, whose ports fail to open with this sentence if there is one. */
function machineWith(files: Readonly<Record<string, string>> = {}, failure?: string) {
  const tree = new FakeTree({ [adapter]: "", "/dev/serial0": "", "/dev/ttyUSB0": "", ...files });
  const links = new Map([
    [adapter, "/dev/ttyUSB0"],
    ["/dev/serial0", "/dev/ttyAMA0"],
  ]);
  const openPorts = new Map<string, PortEvents>();
  const written: number[][] = [];
  const happened: string[] = [];
  const openWith: OpenWith = async ({ port }, events) => {
    if (failure !== undefined) throw new Error(failure);
    const path = links.get(port) ?? port;
    if (openPorts.has(path)) throw new Error("Error Resource temporarily unavailable Cannot lock port");
    happened.push(`open ${path}`);
    openPorts.set(path, events);
    return {
      write: async (bytes) => void written.push([...bytes]),
      async close() {
        // Closing takes a while, in which the port is still locked.
        await new Promise(setImmediate);
        happened.push(`close ${path}`);
        openPorts.delete(path);
      },
    };
  };
  const clock = new FakeClock();
  const serial = serialPorts({
    files: tree,
    openWith,
    clock,
    realPath: async (path) => {
      if (!tree.files.has(path)) throw systemError("ENOENT");
      return links.get(path) ?? path;
    },
  });
  const reason = (wanted: SerialSettings) => serial.open(wanted).then(() => "it is open", explain);
  return { serial, tree, links, clock, openPorts, written, happened, reason };
}

describe("a serial line", () => {
  it("is opened once for all who use it, and closed after the last of them", async () => {
    const { serial, happened, openPorts } = machineWith();
    const heard: string[] = [];
    const [one, other] = await Promise.all([serial.open(settings(adapter)), serial.open(settings(adapter))]);
    one.onBytes((bytes) => heard.push(`one ${bytes}`));
    const cancel = other.onBytes((bytes) => heard.push(`other ${bytes}`));
    openPorts.get("/dev/ttyUSB0")?.onBytes(Uint8Array.of(1, 2));
    cancel();
    await one.close();
    await one.close();
    openPorts.get("/dev/ttyUSB0")?.onBytes(Uint8Array.of(3));
    expect(heard).toEqual(["one 1,2", "other 1,2"]);
    expect(happened).toEqual(["open /dev/ttyUSB0"]);
    await other.close();
    expect(happened).toEqual(["open /dev/ttyUSB0", "close /dev/ttyUSB0"]);
  });

  it("may be opened while it is being closed", async () => {
    const { serial, happened } = machineWith();
    const before = await serial.open(settings(adapter));
    const [, again] = await Promise.all([before.close(), serial.open(settings(adapter, { baudRate: 2400 }))]);
    expect(happened).toEqual(["open /dev/ttyUSB0", "close /dev/ttyUSB0", "open /dev/ttyUSB0"]);
    await again.close();
  });

  it.each([
    [{ baudRate: 2400 }, "2400 baud 8N1"],
    [{ parity: "even" }, "9600 baud 8E1"],
    [{ stopBits: 2 }, "9600 baud 8N2"],
    [{ dataBits: 7, parity: "odd" }, "9600 baud 7O1"],
  ] as const)("has one setting for all: %o is refused", async (more, words) => {
    const { serial, reason } = machineWith();
    await serial.open(settings(adapter));
    expect(await reason(settings(adapter, more))).toBe(
      `${adapter} is open with 9600 baud 8N1 for another device, and this one wants ${words}; give all devices of a line the same settings`,
    );
  });

  it("has one name for all, by which they take turns", async () => {
    const { serial, reason } = machineWith();
    await serial.open(settings(adapter));
    expect(await reason(settings("/dev/ttyUSB0"))).toBe(
      `/dev/ttyUSB0 is the port ${adapter}, which is open for another device; write "port: ${adapter}" for both`,
    );
  });

  it("tells all who use it when its adapter is unplugged, and is opened anew after that", async () => {
    const { serial, openPorts, happened } = machineWith();
    const lines = [await serial.open(settings(adapter)), await serial.open(settings(adapter))];
    const told: string[] = [];
    for (const line of lines) line.onGone((error) => told.push(explain(error)));
    openPorts.get("/dev/ttyUSB0")?.onGone(new Error("Reading from COM port: ENODEV"));
    openPorts.clear();
    const sentence = `the serial port ${adapter} is gone; plug its adapter in again`;
    expect(told).toEqual([sentence, sentence]);
    await expect(lines[0]?.write([1]).catch(explain)).resolves.toBe(sentence);
    const again = await serial.open(settings(adapter, { baudRate: 2400 }));
    for (const line of lines) await line.close();
    expect(happened).toEqual(["open /dev/ttyUSB0", "open /dev/ttyUSB0"]);
    await again.write([7]);
  });

  it.each([
    ["its file vanishes", (tree: FakeTree) => tree.files.delete(adapter)],
    [
      "its name belongs to another port",
      (_tree: FakeTree, links: Map<string, string>) => links.set(adapter, "/dev/ttyUSB1"),
    ],
  ])("is gone a few seconds after %s, although its port says nothing", async (_what, vanish) => {
    const { serial, tree, links, clock, happened } = machineWith();
    const line = await serial.open(settings(adapter));
    const told: string[] = [];
    line.onGone((error) => told.push(explain(error)));
    await clock.advance(60_000);
    expect(told).toEqual([]);
    vanish(tree, links);
    await clock.advance(5_000);
    expect(told).toEqual([`the serial port ${adapter} is gone; plug its adapter in again`]);
    expect(happened).toEqual(["open /dev/ttyUSB0", "close /dev/ttyUSB0"]);
    await line.close();
    expect(clock.pending).toBe(0);
  });

  it("leaves no timer when it is closed", async () => {
    const { serial, clock } = machineWith();
    await (await serial.open(settings(adapter))).close();
    expect(clock.pending).toBe(0);
  });
});

describe("a serial port that cannot be opened", () => {
  it("is missing: the ports that there are are named", async () => {
    const { reason, tree } = machineWith();
    expect(await reason(settings("/dev/serial/by-id/usb-Prolific"))).toBe(
      `there is no serial port /dev/serial/by-id/usb-Prolific; plug its adapter in, or choose one of ${adapter}, /dev/serial0`,
    );
    tree.files.delete(adapter);
    tree.files.delete("/dev/serial0");
    expect(await reason(settings(adapter))).toBe(
      `there is no serial port ${adapter}; plug its adapter in; there is no other serial port`,
    );
    expect(await reason(settings("/dev/serial0"))).toBe(
      'there is no serial port /dev/serial0; add "enable_uart=1" to /boot/firmware/config.txt, run "sudo raspi-config nonint do_serial_cons 1" and reboot',
    );
  });

  it.each([
    ["/dev/serial0", "console=serial0,115200 console=tty1 root=PARTUUID=1"],
    ["/dev/serial0", "root=PARTUUID=1 console=ttyAMA0,115200"],
    ["/dev/serial0", "console=ttyAMA0"],
  ])("has the login console: %s with %s", async (port, cmdline) => {
    const { reason, happened } = machineWith({ "/proc/cmdline": `${cmdline}\n` });
    expect(await reason(settings(port))).toBe(
      'the login console of the Pi is at /dev/serial0; run "sudo raspi-config nonint do_serial_cons 1" and reboot',
    );
    expect(happened).toEqual([]);
  });

  it("is free where the console is elsewhere", async () => {
    const { reason } = machineWith({ "/proc/cmdline": "console=tty1 console=ttyAMA01,115200 x=console=ttyAMA0\n" });
    expect(await reason(settings("/dev/serial0"))).toBe("it is open");
  });

  it.each([
    [
      "Error: Permission denied, cannot open /dev/ttyAMA0",
      '/dev/serial0 may not be opened by this user; add the user to the group dialout with "sudo usermod -aG dialout USER" and log in again, or let scripts/install.sh make the service',
    ],
    [
      "Error Resource temporarily unavailable Cannot lock port",
      '/dev/serial0 is used by another program; end that program; "sudo fuser -v" with the port shows it',
    ],
    [
      "Error: Inappropriate ioctl for device, could not get config",
      "/dev/serial0 is no serial port; choose one of /dev/serial/by-id, or /dev/serial0",
    ],
    ["Error: Something new", "/dev/serial0 cannot be opened (Error: Something new)"],
  ])("says why, and may be tried again: %s", async (failure, sentence) => {
    const { reason } = machineWith({}, failure);
    expect(await reason(settings("/dev/serial0"))).toBe(sentence);
    expect(await reason(settings("/dev/serial0"))).toBe(sentence);
  });

  it("needs the package, which may not be installed", async () => {
    const open = serialportPackage(async () => Promise.reject(new Error("Cannot find package 'serialport'\nstack")));
    const events = { onBytes: () => {}, onGone: () => {} };
    await expect(open(settings("/dev/serial0"), events).catch(explain)).resolves.toBe(
      "the package serialport cannot be loaded (Cannot find package 'serialport'); run \"npm install\" again without --omit=optional",
    );
  });
});
