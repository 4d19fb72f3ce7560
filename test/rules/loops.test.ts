import { describe, expect, it } from "vitest";
import { ruledHouse } from "./ruled-house.ts";

describe("rules that set each other off", () => {
  // With a condition they pass the check, because that may end the loop.
  const condition = "if: {device: holiday, state: OFF}";
  const rules = [
    `  one: {when: {device: lamp, state: ON}, ${condition}, then: {device: fan, command: toggle}}`,
    `  two: {when: {device: fan, state: ON}, ${condition}, then: {device: lamp, command: toggle}}`,
    `  three: {when: {device: fan, state: OFF}, ${condition}, then: {device: lamp, command: toggle}}`,
    `  four: {when: {device: lamp, state: OFF}, ${condition}, then: {device: lamp, command: on}}`,
  ].join("\n");

  it("are stopped, and named", async () => {
    const house = await ruledHouse(rules);
    await house.send("lamp/set", "on");
    const told = house.log.at("warn").filter(({ message }) => message.startsWith("rules set each other off"));
    expect(told).toMatchObject([{ rule: "one", rules: "one > two > four > one" }]);
    expect(house.bus.on("lamp/state").length).toBeLessThan(6);
  });

  it("are stopped through a wait, too", async () => {
    const house = await ruledHouse(
      [
        "  one: {when: {device: lamp, state: ON}, then: [{wait: 1s}, {device: lamp, command: off}]}",
        "  two: {when: {device: lamp, state: OFF}, then: [{wait: 1s}, {device: lamp, command: on}]}",
      ].join("\n"),
    );
    await house.send("lamp/set", "on");
    await house.clock.advance(60_000);
    expect(house.bus.on("lamp/state")).toEqual(["OFF", "ON", "OFF", "ON"]);
    expect(house.log.at("warn")).toContainEqual(expect.objectContaining({ rule: "one", rules: "one > two > one" }));
  });

  it("go on to work when somebody else sets them off", async () => {
    const house = await ruledHouse(
      [
        "  one: {when: {device: lamp, state: ON}, then: {device: fan, command: on}}",
        "  two: {when: {device: fan, state: ON}, then: {device: lamp, command: on}}",
      ].join("\n"),
    );
    for (let times = 0; times < 3; times += 1) {
      await house.send("lamp/set", "on");
      expect(house.fan()).toBe(true);
      await house.send("lamp/set", "off");
      await house.send("fan/set", "off");
    }
    expect(house.log.at("warn")).toEqual([]);
  });
});

describe("a rule that fires a hundred times within a minute", () => {
  const rule = "  it: {when: {topic: remote}, then: {device: lamp, command: toggle}}";

  it("is held, and said so, until nothing has set it off for a minute", async () => {
    const house = await ruledHouse(rule);
    for (let times = 0; times < 150; times += 1) await house.send("remote", "x");
    expect(house.rule("it")).toMatchObject({ fired: 100, held: true });
    expect(house.log.at("warn")).toContainEqual(
      expect.objectContaining({
        rule: "it",
        message: "the rule fired too often; it is held until nothing sets it off for a minute",
      }),
    );
    await house.clock.advance(59_000);
    await house.send("remote", "x");
    await house.clock.advance(59_000);
    expect(house.rule("it")).toMatchObject({ fired: 100, held: true });
    await house.clock.advance(1_000);
    expect(house.rule("it")).toMatchObject({ held: false });
    await house.send("remote", "x");
    expect(house.rule("it")).toMatchObject({ fired: 101 });
  });

  it("is released by switching it on", async () => {
    const house = await ruledHouse(rule);
    for (let times = 0; times < 101; times += 1) await house.send("remote", "x");
    await house.send("pi2mqtt/test/rules/it/set", "ON");
    await house.send("remote", "x");
    expect(house.rule("it")).toMatchObject({ fired: 101, held: false });
  });

  it("is not held when it fires less often", async () => {
    const house = await ruledHouse(rule);
    for (let times = 0; times < 300; times += 1) {
      await house.send("remote", "x");
      await house.clock.advance(610);
    }
    expect(house.rule("it")).toMatchObject({ fired: 300, held: false });
  });
});
