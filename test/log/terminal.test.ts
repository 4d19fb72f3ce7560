import { expect, it } from "vitest";
import { terminalLine } from "../../src/log/terminal.ts";

it("shows a person the device, what happened, how often, to what and why", () => {
  const fields = { device: "lamp", times: 41, payload: "nonsense", topic: "home/lamp", reason: "say on or off" };
  const line = JSON.stringify({ level: "warn", ...fields, msg: "refused more commands like this" });
  expect(terminalLine(false)(line)).toMatch(
    /WARN lamp {12} refused more commands like this \(41 times\) nonsense \(home\/lamp\): say on or off\n$/,
  );
});
