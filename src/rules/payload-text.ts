import type { HouseView } from "../core/house/house-view.ts";
import { wordIn } from "../core/house/word-in.ts";
import type { Payload, PayloadValue } from "../core/rules/step.ts";

/** The text of a payload, with the values of now. A value that is not known is the word `unknown`. */
export function payloadText(payload: Payload, house: Pick<HouseView, "said">): string {
  return payload.map((part) => (typeof part === "string" ? part : valueText(part, house))).join("");
}

function valueText({ device, measure }: PayloadValue, house: Pick<HouseView, "said">): string {
  const said = house.said(device);
  if (measure === undefined) return wordIn(said) ?? "unknown";
  const state = said?.state;
  const value =
    typeof state === "object" && state !== null ? (state as Readonly<Record<string, unknown>>)[measure] : undefined;
  if (value === undefined || value === null) return "unknown";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
