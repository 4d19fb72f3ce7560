import * as z from "zod";

const factors: Readonly<Record<string, number>> = { "": 1, m: 1e-3, k: 1e3, K: 1e3, M: 1e6 };
const pattern = /^\s*(\d+(?:\.\d+)?)\s*([mkKM]?)\s*(?:ohms?|Ohms?|Ω)?\s*$/;

/** The text as ohms: "470", "4.7k", "10 kOhm", "1M", "50mΩ". Undefined if it is none. */
export function parseResistance(text: string): number | undefined {
  const [, amount, prefix = ""] = pattern.exec(text) ?? [];
  const ohms = Number(amount) * (factors[prefix] ?? 1);
  return amount === undefined ? undefined : Number(ohms.toPrecision(12));
}

/** A resistance as a number of ohms or as a text such as 4.7k. The device gets ohms, above 0 and at most 100 MΩ; with `zero` also 0. */
export function resistance({ zero = false } = {}) {
  const advice = "is no resistance; write ohms, such as 470, 4.7k or 1M";
  return z.union([z.number(), z.string()], { error: advice }).transform((written, context) => {
    const ohms = typeof written === "number" ? written : parseResistance(written);
    if (ohms !== undefined && ohms <= 1e8 && (zero ? ohms >= 0 : ohms > 0)) return ohms;
    context.addIssue({
      code: "custom",
      message: ohms === undefined ? advice : "is out of range; write at most 100M, and more than 0",
    });
    return z.NEVER;
  });
}
