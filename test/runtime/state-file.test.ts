import { mkdirSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { machineStateFile, stateFolder } from "../../src/runtime/machine/machine-state.ts";
import { readState } from "../../src/runtime/machine/state-file.ts";
import { FakeStateFile } from "../fakes/state-file.ts";
import { startStore as start } from "./start-store.ts";

describe("a state file that cannot be used", () => {
  const good = async (value: number) => {
    const { file, store, keep } = await start();
    keep("meter").set(value);
    await store.flush();
    return file.current ?? "";
  };

  it.each([
    ["torn", (text: string) => text.slice(0, -20)],
    ["empty", () => ""],
    ["full of zeros, as a power cut leaves it", (text: string) => "\0".repeat(text.length)],
    ["foreign", () => '{"hello":"world"}'],
    ["changed", (text: string) => text.replace(":9", ":8")],
    ["of a newer version", (text: string) => text.replace('"version":1', '"version":2')],
    ["not UTF-8", (text: string) => text.replace(":9", ":\ufffd")],
  ])("is set aside where it is %s, and the copy before it is taken", async (_what, spoil) => {
    const file = new FakeStateFile();
    file.previous = await good(4);
    const text = await good(9);
    file.current = spoil(text);
    const { keep, log } = await start(file);
    expect(keep("meter").value).toBe(4);
    expect(file.setAsideFiles).toEqual([spoil(text)]);
    expect(log.at("warn").map(({ message }) => message)).toEqual([
      "cannot use the stored values",
      "uses the copy of the stored values, which is some seconds older",
    ]);
  });

  it("is set aside where the system does not let it be read, such as a folder in its place", async () => {
    const file = new FakeStateFile();
    file.previous = await good(4);
    file.current = await good(9);
    const read = file.read.bind(file);
    file.read = async (which) => {
      if (which === "current")
        throw Object.assign(new Error("EISDIR: illegal operation on a directory"), { code: "EISDIR" });
      return read(which);
    };
    const { keep, log } = await start(file);
    expect(keep("meter").value).toBe(4);
    expect(log.at("warn")[0]).toMatchObject({
      message: "cannot use the stored values",
      reason: expect.stringContaining("EISDIR"),
    });
  });

  it("is named as of a newer version, whatever else that version has changed", () => {
    expect(readState('{"version":2,"entries":[]}')).toEqual({ problem: "is of a newer pi2mqtt (format 2)" });
  });

  it("does not keep the agent from starting where both are spoilt", async () => {
    const file = new FakeStateFile();
    file.previous = "x";
    file.current = "y";
    const { keep } = await start(file);
    expect(keep("meter", 1).value).toBe(1);
    expect(file.setAsideFiles).toEqual(["y", "x"]);
  });
});

describe("the state file on this machine", () => {
  const folder = () => mkdtempSync(join(tmpdir(), "pi2mqtt-state-"));

  it("is replaced as a whole, and the copy before it is kept", async () => {
    const inside = join(folder(), "not-there-yet");
    const file = machineStateFile(inside, "office");
    expect(await file.read("current")).toBeUndefined();
    await file.write("one");
    await file.write("two");
    expect([await file.read("current"), await file.read("previous")]).toEqual(["two", "one"]);
    expect(readFileSync(join(inside, "office.json"), "utf8")).toBe("two");
  });

  it("is replaced although a folder is in the place of the copy before it", async () => {
    const inside = folder();
    const file = machineStateFile(inside, "office");
    await file.write("one");
    mkdirSync(join(inside, "office.previous.json"));
    await file.write("two");
    expect(await file.read("current")).toBe("two");
  });

  it("is not read where it is far larger than any state, which would use up the memory of a small Pi", async () => {
    const inside = folder();
    writeFileSync(join(inside, "office.json"), "");
    truncateSync(join(inside, "office.json"), 100_000_000);
    await expect(machineStateFile(inside, "office").read("current")).rejects.toThrow("it has more than 16 MB");
  });

  it("is renamed where it cannot be used", async () => {
    const inside = folder();
    writeFileSync(join(inside, "office.json"), "torn");
    const file = machineStateFile(inside, "office");
    expect(readFileSync(await file.setAside("current"), "utf8")).toBe("torn");
    expect(await file.read("current")).toBeUndefined();
  });

  it("stands in systemd's folder for the service, else in the user's", () => {
    expect(stateFolder({ STATE_DIRECTORY: "/var/lib/pi2mqtt:/var/lib/other" })).toBe("/var/lib/pi2mqtt");
    expect(stateFolder({ XDG_STATE_HOME: "/home/me/state" })).toBe("/home/me/state/pi2mqtt");
    expect(stateFolder({})).toMatch(/\.local\/state\/pi2mqtt$/);
  });
});
