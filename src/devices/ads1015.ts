import { defineAds1x15 } from "../core/analog/ads1x15.ts";

/** A converter of 12 bits, see {@link defineAds1x15}. */
export const ads1015 = defineAds1x15("ads1015", 12);
