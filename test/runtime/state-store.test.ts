import { describe, expect, it } from "vitest";
import { z } from "zod";
import { StateStore } from "../../src/runtime/machine/state-store.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { startStore as start } from "./start-store.ts";

describe("a kept value", () => {
  it("is there after a restart, also of a device that was not there meanwhile", async () => {
    const { file, store, keep } = await start();
    keep("meter").set(5);
    keep("other").set(7);
    await store.flush();
    const second = await start(file);
    expect(second.keep("meter").value).toBe(5);
    second.keep("meter").set(6);
    await second.store.flush();
    const third = await start(file);
    expect([third.keep("meter").value, third.keep("other").value]).toEqual([6, 7]);
  });

  it("begins with its initial value, and again where what was kept is of another kind, with a warning", async () => {
    const { file, store, log } = await start();
    store.of("it", log).keep("total", z.string(), "").set("text");
    await store.flush();
    const again = await start(file);
    expect(again.keep("it", 3).value).toBe(3);
    expect(again.log.at("warn")).toMatchObject([{ name: "total" }]);
  });

  it("is on disk within ten seconds, with all that was set meanwhile in one writing", async () => {
    const { file, clock, keep } = await start();
    const [one, other] = [keep("one"), keep("other")];
    for (let count = 1; count <= 100; count += 1) {
      one.set(count);
      other.set(count);
    }
    await clock.advance(9_999);
    expect(file.writes).toBe(0);
    await clock.advance(1);
    expect([file.writes, (await start(file)).keep("other").value]).toEqual([1, 100]);
    expect(clock.pending).toBe(0);
  });

  it("is written at once where it must outlive a power cut, and no two writings run at the same time", async () => {
    const { file, keep } = await start();
    let underWay = 0;
    let most = 0;
    file.disk = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await settled();
      underWay -= 1;
    };
    const kept = keep("cover");
    for (let count = 1; count <= 20; count += 1) kept.set(count, "now");
    await settled();
    await settled();
    await settled();
    expect([file.writes, most, (await start(file)).keep("cover").value]).toEqual([2, 1, 20]);
  });

  it("stays in memory where the disk does not take it, which is said once, and follows later", async () => {
    const { file, clock, log, keep } = await start();
    file.disk = () => Promise.reject(Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" }));
    const kept = keep("meter");
    kept.set(1, "now");
    await settled();
    kept.set(2, "now");
    await clock.advance(120_000);
    expect(kept.value).toBe(2);
    expect(log.at("warn")).toMatchObject([{ reason: "ENOSPC: no space left on device" }]);
    file.disk = async () => {};
    await clock.advance(60_000);
    expect((await start(file)).keep("meter").value).toBe(2);
    expect(log.at("info")).toMatchObject([{ message: "can store values again" }]);
  });
});

describe("a value that is saved before anybody is told", () => {
  /** A disk whose writings end when the test says so. */
  async function slowDisk() {
    const house = await start();
    const ends: ((error?: Error) => void)[] = [];
    house.file.disk = () =>
      new Promise((resolve, reject) => ends.push((error) => (error === undefined ? resolve() : reject(error))));
    const end = async (error?: Error) => {
      ends.shift()?.(error);
      await settled();
    };
    return { ...house, end };
  }

  it("is on disk then, also where an earlier writing was under way", async () => {
    const { file, keep, end } = await slowDisk();
    const kept = keep("meter");
    kept.set(1, "now");
    kept.set(2);
    let isSaved: boolean | undefined;
    void kept.save().then((saved) => {
      isSaved = saved;
    });
    await end();
    expect([isSaved, (await start(file)).keep("meter").value]).toEqual([undefined, 1]);
    await end();
    expect([isSaved, (await start(file)).keep("meter").value]).toEqual([true, 2]);
  });

  it("costs no writing where it is on disk already, and one for all who wait", async () => {
    const { file, keep } = await start();
    const [one, other] = [keep("one"), keep("other")];
    expect(await one.save()).toBe(true);
    expect(file.writes).toBe(0);
    one.set(1);
    other.set(1);
    expect(await Promise.all([one.save(), other.save(), one.save()])).toEqual([true, true, true]);
    expect(file.writes).toBe(1);
  });

  it("is told so where the disk does not take it, or where nothing is kept", async () => {
    const { keep, end, log } = await slowDisk();
    const kept = keep("meter");
    kept.set(1, "now");
    const saved = kept.save();
    await end(new Error("EROFS: read-only file system"));
    await end(new Error("EROFS: read-only file system"));
    expect(await saved).toBe(false);
    const nowhere = await StateStore.open(undefined, { clock: new FakeClock(), log });
    const lost = nowhere.of("it", log).keep("total", z.number(), 0);
    lost.set(1);
    expect(await lost.save()).toBe(false);
  });

  it("is on disk when the store was flushed, where two writings were wanted one after the other", async () => {
    const { file, store, keep, end } = await slowDisk();
    const kept = keep("meter");
    kept.set(1, "now");
    kept.set(2, "now");
    let isFlushed = false;
    void store.flush().then(() => {
      isFlushed = true;
    });
    await end();
    expect([isFlushed, file.writes]).toEqual([false, 1]);
    await end();
    expect([isFlushed, file.writes, (await start(file)).keep("meter").value]).toEqual([true, 2, 2]);
  });
});
