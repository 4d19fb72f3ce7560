import type { DeviceSettings } from "../../core/device-settings.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";
import { placeWarnings } from "../checks/places.ts";
import { entityWarnings } from "./entity-warnings.ts";
import { kindWarnings } from "./kind-warnings.ts";
import { nameWarnings } from "./name-warnings.ts";
import { portWarnings } from "./port-warnings.ts";

/** What is odd about devices, of which nothing is wrong, besides their pins. */
export function deviceWarnings(valid: readonly DeviceSettings[], source: SourceDocument): readonly Problem[] {
  return [
    ...portWarnings(valid, source),
    ...placeWarnings(valid, source),
    ...entityWarnings(valid, source),
    ...nameWarnings(valid, source),
    ...kindWarnings(valid, source),
  ];
}
