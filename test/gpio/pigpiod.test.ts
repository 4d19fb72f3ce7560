import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { GpioPorts } from "../../src/core/hardware/gpio.ts";
import { pigpiod } from "../../src/gpio/pigpiod.ts";
import { fakePorts } from "../fakes/benches.ts";
import { FakeClock } from "../fakes/clock.ts";
import { openedPigpiod, pigpiodBench } from "../fakes/pins/pigpiod-bench.ts";
import { FakeTree } from "../fakes/tree.ts";

const low = { initial: 0, keep: false } as const;
const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);
const board = (compatible: string) => new FakeTree({ "/proc/device-tree/compatible": compatible });

/** A program that listens on a port of its own and does what a test says with each connection. */
async function listener(serve: Parameters<typeof createServer>[1]): Promise<GpioPorts> {
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  return { ...pigpiodBench().ports, pigpiod: { host: "127.0.0.1", port } };
}

describe("finding the daemon", () => {
  it("says where it is and what it is", async () => {
    const { bank, server } = await openedPigpiod();
    expect(bank.description).toBe(`pigpiod 79 at 127.0.0.1:${server.port}`);
  });

  it("says that nothing answers, and how to start it", async () => {
    const { server, ports, backend } = pigpiodBench();
    await said(backend.open(ports));
    await server.stop();
    expect(await said(pigpiod.open({ ...ports, pigpiod: { host: "127.0.0.1", port: server.port } }))).toMatch(
      new RegExp(
        `^nothing answers at 127.0.0.1:${server.port} \\(ECONNREFUSED\\); .*"sudo systemctl enable --now pigpiod"`,
      ),
    );
  });

  it("notices another program at the port", async () => {
    const ports = await listener((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
    expect(await said(pigpiod.open(ports))).toMatch(/what answers there is not pigpiod/);
  });

  it("gives up a daemon that takes the connection and stays silent", async () => {
    const clock = new FakeClock();
    let hear = () => {};
    const heard = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const opening = said(pigpiod.open({ ...(await listener((socket) => void socket.once("data", hear))), clock }));
    await heard;
    await clock.advance(5_000);
    expect(await opening).toMatch(/\(no answer within 5 s\)/);
  });

  it("is not tried on a Pi 5, where pigpio cannot work", async () => {
    const ports = fakePorts({ files: board("raspberrypi,5-model-b\0brcm,bcm2712\0") });
    expect(await said(pigpiod.open(ports))).toMatch(/^pigpio cannot drive the pins of a Raspberry Pi with a bcm2712/);
  });

  it("may be on another machine, whatever this one is", async () => {
    const ports = fakePorts({ pigpiod: { host: "pi.invalid", port: 8888 }, files: new FakeTree() });
    expect(await said(pigpiod.open(ports))).toMatch(/^nothing answers at pi\.invalid:8888 \(/);
  });
});

describe("a daemon that goes away", () => {
  it("tells every owner once, and fails what they do from then on", async () => {
    const { bank, server, until } = await openedPigpiod();
    const errors: string[] = [];
    const onError = (error: Error) => void errors.push(error.message);
    const output = await bank.output(17, { ...low, onError });
    const input = await bank.input(5, { pull: "none", debounceMs: 0, onEdge: () => {}, onError });
    const pwm = await bank.pwm(18, { frequencyHz: 50, duty: 0.5, onError });
    await server.stop();
    await until(() => errors.length >= 3);
    expect(() => output.write(1)).toThrow("pin 17 was lost: the connection to pigpiod at");
    expect(() => output.read()).toThrow("pin 17 was lost");
    expect(() => input.read()).toThrow("pin 5 was lost");
    expect(() => pwm.write(1)).toThrow("pin 18 was lost");
    await Promise.all([output.close(), input.close(), pwm.close()]);
    expect(errors).toHaveLength(3);
  });

  it("is found again by the next claim, and keeps the level meanwhile", async () => {
    const { bank, server, level, until } = await openedPigpiod();
    const errors: Error[] = [];
    const before = await bank.output(17, { initial: 1, keep: false, onError: (error) => errors.push(error) });
    await server.stop();
    await until(() => errors.length > 0);
    expect(await said(bank.output(17, low))).toMatch(/^nothing answers at /);
    await before.close();
    await server.listen();
    const again = await bank.output(17, { initial: 0, keep: true });
    expect(again.read()).toBe(1);
    again.write(0);
    await until(() => level(17) === 0);
  });

  it("is noticed by a write that nobody answers", async () => {
    const clock = new FakeClock();
    const { bank, server } = await openedPigpiod({ clock });
    const errors: string[] = [];
    const line = await bank.output(17, { ...low, onError: (error) => errors.push(error.message) });
    server.isSilent = true;
    line.write(1);
    await clock.advance(5_000);
    expect(errors).toEqual([expect.stringContaining("(no answer within 5 s)")]);
  });
});
