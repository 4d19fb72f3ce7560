import * as z from "zod";
import { conditionForms } from "./condition-forms.ts";
import { ruleOptions } from "./rule-options.ts";
import { stepForms } from "./step-forms.ts";
import { triggerForms } from "./trigger-forms.ts";

const oneOf = (forms: Readonly<Record<string, z.ZodObject>>) => z.union(Object.values(forms) as [z.ZodObject]);

/** All conditions may stand in one group; so each key is optional here. */
const conditions: z.ZodType = z.lazy(() => z.union([group, z.array(group)]));
const keys = Object.assign({}, ...Object.values(conditionForms).map((form) => form.shape)) as z.ZodRawShape;
const group: z.ZodType = z.lazy(() =>
  z.strictObject({
    ...z.object(keys).partial().shape,
    any: z.array(conditions).optional().describe("At least one of these is so."),
    all: z.array(conditions).optional().describe("All of these are so."),
    not: conditions.optional().describe("This is not so."),
  }),
);

const trigger = oneOf(triggerForms);
const step = oneOf(stepForms);
/** What users write below `then`. */
const thenKey = "then";

/** The section `rules`, for editors. */
export const rulesSchema = z
  .record(
    z.string(),
    z.strictObject({
      when: z.union([trigger, z.array(trigger)]).describe("What sets the rule off: one of these, or each of a list."),
      if: conditions.optional().describe("What must be so at that moment. Default: nothing."),
      [thenKey]: z.union([step, z.array(step)]).describe("What the rule does, one after the other."),
      ...ruleOptions,
    }),
  )
  .optional()
  .describe("What this agent does by itself, without a broker; each rule is below an id of its own.");
