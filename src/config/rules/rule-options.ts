import * as z from "zod";
import { ruleModes } from "../../core/rules/rule.ts";
import { label } from "../schema/home-assistant.ts";

/** What of a rule is no trigger, no condition and no step. */
export const ruleOptions = {
  name: label("What people call the rule. Default: made of the id."),
  mode: z
    .enum(ruleModes)
    .default("single")
    .describe(
      "If it is set off while it still runs: single leaves that out, restart begins anew, queued does it afterwards. Default: single.",
    ),
  enabled: z
    .boolean()
    .default(true)
    .describe("Whether the rule works at the first start. Later the last ON or OFF by MQTT counts. Default: true."),
  home_assistant: z
    .boolean()
    .default(false)
    .describe("Whether Home Assistant gets a switch for the rule. Default: false."),
};
