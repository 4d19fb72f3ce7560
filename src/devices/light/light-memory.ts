import * as z from "zod";
import type { Kept, Store } from "../../core/store.ts";
import type { LightTraits } from "./light-mode.ts";
import { fullBrightness, type Look } from "./look.ts";

/** What a light is at the start of the agent, and where it keeps what it is to be at the next start. */
export interface LightMemory {
  readonly isOn: boolean;
  /** How it looks when it is on. */
  readonly look: Look;
  remember(isOn: boolean, look: Look): void;
  /**
   * Whether the light has ever had an effect. Only then its state names one, so that the state of a light without effects stays as it was
   * before there were effects.
   */
  readonly knowsEffects: boolean;
  learnEffects(): void;
}

interface KeptLight {
  readonly on: boolean;
  readonly brightness: number;
  readonly color: readonly number[];
}

/**
 * The memory of a light. How the light was is kept only where `initial` is `last`: switching is on the disk at once, the rest within ten
 * seconds.
 */
export function lightMemory(traits: LightTraits, initial: "off" | "on" | "last", keep: Store["keep"]): LightMemory {
  const effects = keep("effects", z.boolean(), false);
  const last = initial === "last" ? keptLight(traits, keep) : undefined;
  const usual: KeptLight = { on: initial === "on", brightness: 1, color: usualColor(traits) };
  const { on, brightness, color } = last?.value ?? usual;
  return {
    isOn: on,
    look: { brightness, color },
    remember(isOn, next) {
      const before = last?.value;
      if (isOn === before?.on && next.brightness === before.brightness && next.color === before.color) return;
      last?.set({ on: isOn, ...next }, isOn === before?.on ? "soon" : "now");
    },
    get knowsEffects() {
      return effects.value;
    },
    learnEffects() {
      if (!effects.value) effects.set(true, "now");
    },
  };
}

function keptLight(traits: LightTraits, keep: Store["keep"]): Kept<KeptLight> {
  const { mireds } = traits;
  const color = usualColor(traits);
  const part = mireds === undefined ? z.number().min(0).max(1) : z.number().min(mireds.cold).max(mireds.warm);
  const schema: z.ZodType<KeptLight> = z.strictObject({
    on: z.boolean(),
    brightness: z
      .number()
      .min(1 / fullBrightness)
      .max(1),
    color: z.array(part).length(color.length),
  });
  return keep("light", schema, { on: false, brightness: 1, color });
}

/** White: of the white LEDs alone where there are some beside others, and of the warm ones where there are two kinds. */
function usualColor({ mode, mireds }: LightTraits): readonly number[] {
  if (mireds !== undefined) return [mireds.warm];
  if (mode === "rgbw") return [0, 0, 0, 1];
  return mode === "rgb" ? [1, 1, 1] : [];
}
