import type { FilterKind } from "./filter.ts";
import { delta } from "./gates/delta.ts";
import { filterOut } from "./gates/filter-out.ts";
import { skipInitial } from "./gates/skip-initial.ts";
import { throttle } from "./gates/throttle.ts";
import { debounce } from "./timed/debounce.ts";
import { heartbeat } from "./timed/heartbeat.ts";
import { throttleAverage } from "./timed/throttle-average.ts";
import { timeout } from "./timed/timeout.ts";
import { calibrateLinear } from "./values/calibrate-linear.ts";
import { calibratePolynomial } from "./values/calibrate-polynomial.ts";
import { clamp } from "./values/clamp.ts";
import { lookup } from "./values/lookup.ts";
import { mapLinear } from "./values/map-linear.ts";
import { multiply } from "./values/multiply.ts";
import { offset } from "./values/offset.ts";
import { round } from "./values/round.ts";
import { roundToMultipleOf } from "./values/round-to-multiple-of.ts";
import { roundToSignificantDigits } from "./values/round-to-significant-digits.ts";
import { exponentialMovingAverage } from "./windows/exponential-moving-average.ts";
import { max } from "./windows/max.ts";
import { median } from "./windows/median.ts";
import { min } from "./windows/min.ts";
import { quantile } from "./windows/quantile.ts";
import { slidingWindowMovingAverage } from "./windows/sliding-window-moving-average.ts";

/** Every kind of filter, in the order of the alphabet. A new one is one file and one line here. */
export const filterKinds: readonly FilterKind[] = [
  calibrateLinear,
  calibratePolynomial,
  clamp,
  debounce,
  delta,
  exponentialMovingAverage,
  filterOut,
  heartbeat,
  lookup,
  mapLinear,
  max,
  median,
  min,
  multiply,
  offset,
  quantile,
  round,
  roundToMultipleOf,
  roundToSignificantDigits,
  skipInitial,
  slidingWindowMovingAverage,
  throttle,
  throttleAverage,
  timeout,
];
