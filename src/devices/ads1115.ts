import { defineAds1x15 } from "../core/analog/ads1x15.ts";

/** A converter of 16 bits, see {@link defineAds1x15}. */
export const ads1115 = defineAds1x15("ads1115", 16);
