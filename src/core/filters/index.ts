import { delta } from "./delta.ts";
import type { FilterKind } from "./filter.ts";
import { median } from "./median.ts";
import { multiply } from "./multiply.ts";
import { offset } from "./offset.ts";
import { slidingWindowMovingAverage } from "./sliding-window-moving-average.ts";
import { throttle } from "./throttle.ts";

/** Every kind of filter, in the order of the alphabet. A new one is one file and one line here. */
export const filterKinds: readonly FilterKind[] = [
  delta,
  median,
  multiply,
  offset,
  slidingWindowMovingAverage,
  throttle,
];
