import { describe, expect, it } from "vitest";
import { UserError } from "../../../../src/core/errors.ts";
import { keepOpen } from "../../../../src/core/readers/serial/keep-open.ts";
import { usualSettings } from "../../../../src/core/readers/serial/serial-options.ts";
import { FakeSerial } from "../../../fakes/serial.ts";

const settings = usualSettings("/dev/serial0");

/** A device that may stop, at a line that opens when the test says so. */
function deviceAt(serial: FakeSerial) {
  const stops: (() => Promise<void> | void)[] = [];
  let letOpen = () => {};
  const mayOpen = new Promise<void>((resolve) => {
    letOpen = resolve;
  });
  const slow = { open: (wanted: typeof settings) => mayOpen.then(() => serial.open(wanted)) };
  return {
    context: { serial: slow, onStop: (task: () => Promise<void> | void) => void stops.push(task) },
    letOpen,
    stop: async () => void (await Promise.all(stops.map((task) => task()))),
  };
}

const nothing = { onOpen: () => {}, onGone: () => {} };

describe("a line that is kept open", () => {
  it("is closed when its device stopped while it was being opened", async () => {
    const serial = new FakeSerial();
    const { context, letOpen, stop } = deviceAt(serial);
    const opening = keepOpen(context, settings, nothing);
    await stop();
    letOpen();
    await expect(opening).rejects.toThrow("the device has stopped");
    expect(serial.users).toBe(0);
  });

  it("is closed when what is told to the part fails, and opened anew the next time", async () => {
    const serial = new FakeSerial();
    const { context, letOpen } = deviceAt(serial);
    letOpen();
    let fails = false;
    const onOpen = () => {
      if (fails) throw new UserError("the line is gone");
    };
    const use = await keepOpen(context, settings, { ...nothing, onOpen });
    serial.unplug();
    serial.plugIn();
    fails = true;
    await expect(use()).rejects.toThrow("the line is gone");
    expect(serial.users).toBe(0);
    fails = false;
    await use();
    expect([serial.users, serial.opened.length]).toEqual([1, 3]);
  });
});
