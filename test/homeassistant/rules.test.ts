import { describe, expect, it } from "vitest";
import { messagesOf } from "./houses.ts";
import { devices, fan, lamp, runs, start } from "./runs.ts";

const rule = (id: string, more = "") => `  ${id}: {when: {agent: start}, then: {device: lamp, command: on}${more}}\n`;
const house = (...rules: readonly string[]) => `${devices(lamp(), fan())}rules:\n${rules.join("")}`;

describe("a rule in Home Assistant", () => {
  const cmps = (yaml: string) => messagesOf(yaml)["homeassistant/device/office-pi/config"]?.cmps ?? {};

  it("is a switch of the machine, where that is asked for", () => {
    const all = cmps(
      house(
        rule("frost-guard", ", home_assistant: true"),
        rule("evening"),
        rule("it", ", home_assistant: true, name: Evening light"),
      ),
    );
    expect(all["rule_frost-guard__switch"]).toEqual({
      p: "switch",
      unique_id: "office-pi__rule_frost-guard",
      name: "Rule Frost guard",
      default_entity_id: "switch.office_pi_rule_frost_guard",
      availability: [{ topic: "pi2mqtt/office-pi/status" }],
      availability_mode: "all",
      state_topic: "pi2mqtt/office-pi/rules/frost-guard",
      command_topic: "pi2mqtt/office-pi/rules/frost-guard/set",
      json_attributes_topic: "pi2mqtt/office-pi/rules/frost-guard",
      value_template: "{{ value_json.state }}",
      entity_category: "config",
      icon: "mdi:robot",
      qos: 1,
    });
    expect(all["rule_it__switch"]).toMatchObject({ name: "Evening light" });
    expect(Object.keys(all).filter((id) => id.startsWith("rule_"))).toHaveLength(2);
  });
});

describe("what the broker keeps of a rule", () => {
  const kept = "pi2mqtt/office-pi/rules/frost-guard";

  it("goes with the rule, and stays while the rule does", async () => {
    for (const [after, isKept] of [
      [house(rule("frost-guard")), true],
      [house(rule("evening")), false],
      [devices(lamp(), fan()), false],
    ] as const) {
      const { bus } = await runs(house(rule("frost-guard"), rule("evening")));
      bus.retained.set(kept, "something");
      const { clock } = await start(after, bus);
      await clock.advance(10_000);
      expect(bus.retained.has(kept)).toBe(isKept);
    }
  });
});
