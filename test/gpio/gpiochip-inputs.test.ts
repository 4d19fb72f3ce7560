import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { Edge } from "../../src/core/hardware/gpio.ts";
import { gpiochipBench } from "../fakes/benches.ts";
import { said } from "./gpiochip-words.ts";

const watched = (edges: Edge[] = [], errors: string[] = []) => ({
  pull: "none" as const,
  debounceMs: 0,
  onEdge: (edge: Edge) => void edges.push(edge),
  onError: (error: Error) => void errors.push(explain(error)),
});

describe("inputs", () => {
  it("share one file when they are claimed at the same moment", async () => {
    const { start, chip } = gpiochipBench();
    const pins = start();
    await Promise.all(Array.from({ length: 26 }, (_, index) => pins.input(index + 2, watched())));
    expect(chip.requests.size).toBe(1);
  });

  it("each have their own pull and debounce, in as few files as the kernel allows", async () => {
    const { start, chip, until } = gpiochipBench();
    const pins = start();
    const edges: Edge[][] = [];
    const claims = Array.from({ length: 20 }, (_, index) => {
      const own: Edge[] = [];
      edges.push(own);
      const pull = index % 2 === 0 ? ("up" as const) : ("down" as const);
      return pins.input(index + 2, { ...watched(own), pull, debounceMs: index * 10 });
    });
    const lines = await Promise.all(claims);
    expect(lines.map((line) => line.read())).toEqual(lines.map((_, index) => (index % 2 === 0 ? 1 : 0)));
    expect(chip.requests.size).toBeLessThanOrEqual(4);
    for (const [index] of lines.entries()) chip.drive(index + 2, index % 2 === 0 ? 0 : 1);
    const start0 = chip.clock.monotonicMs();
    await until(() => edges.every((own) => own.length === 1));
    expect(edges.map(([edge]) => Math.round((edge?.atMs ?? 0) - start0))).toEqual(edges.map((_, index) => index * 10));
  });

  it("tell how many edges were too fast to be kept", async () => {
    const { start, chip, drive, until, log } = gpiochipBench();
    const edges: Edge[] = [];
    await start().input(5, watched(edges));
    drive(5, 1);
    const [request] = chip.requests.values();
    request?.counts.set(5, 8);
    drive(5, 0);
    await until(() => edges.length === 2);
    expect(log.at("warn")).toMatchObject([{ pin: 5, lost: 7 }]);
  });

  it("tell what changed in the moment when another one was given back", async () => {
    const { start, chip, until } = gpiochipBench();
    const edges: Edge[] = [];
    const pins = start();
    const [one] = await Promise.all([pins.input(5, watched()), pins.input(6, watched(edges))]);
    const closing = one.close();
    chip.line(6).levels.push(1);
    await closing;
    await until(() => edges.length === 1);
    expect(edges).toMatchObject([{ level: 1 }]);
  });

  it("can be given back several at the same moment, and the others go on", async () => {
    const { start, chip, drive, until } = gpiochipBench();
    const edges: Edge[] = [];
    const errors: string[] = [];
    const pins = start();
    const lines = await Promise.all([5, 6, 7, 8].map((pin) => pins.input(pin, watched([], errors))));
    const last = await pins.input(9, watched([], errors));
    const [five, six, seven, eight] = lines;
    const beside = await Promise.all([20, 21, 22].map((pin) => pins.input(pin, watched(edges, errors))));
    await Promise.all([five?.close(), six?.close(), beside[0]?.close(), seven?.close(), beside[1]?.close()]);
    drive(22, 1);
    await until(() => edges.length === 1);
    expect(eight?.read()).toBe(0);
    await Promise.all([eight?.close(), last.close(), beside[2]?.close()]);
    expect(errors).toEqual([]);
    expect(chip.requests.size).toBe(0);
  });

  it("can be read while another one is given back", async () => {
    const { start, drive, until } = gpiochipBench();
    const edges: Edge[] = [];
    const pins = start();
    const [one, other] = await Promise.all([pins.input(5, watched()), pins.input(6, watched(edges))]);
    drive(6, 1);
    await until(() => edges.length === 1);
    const closing = one.close();
    expect(other.read()).toBe(1);
    expect(() => one.read()).toThrow("pin 5 is no longer claimed");
    await closing;
    expect(other.read()).toBe(1);
  });

  it("leave no file open when the pins are closed while others are given back", async () => {
    const { start, chip } = gpiochipBench();
    const pins = start();
    const [one] = await Promise.all([pins.input(5, watched()), pins.input(6, watched())]);
    const closing = one.close();
    await pins.close();
    await closing;
    expect(chip.requests.size).toBe(0);
  });

  it("tell their owners when the chip is unplugged, and can be claimed again when it is back", async () => {
    const { start, chip, until } = gpiochipBench();
    const errors: string[] = [];
    const pins = start();
    const line = await pins.input(5, watched([], errors));
    chip.unplug();
    await until(() => errors.length === 1);
    expect(errors).toEqual([expect.stringMatching(/^pin 5 was taken away; another program .*"gpiodetect" shows/)]);
    await line.close();
    expect(await said(pins.input(5, watched()))).toBe("there is no GPIO chip in /dev");
    chip.isThere = true;
    chip.files.set("/dev/gpiochip0", "");
    await expect(pins.input(5, watched())).resolves.toBeDefined();
  });
});
