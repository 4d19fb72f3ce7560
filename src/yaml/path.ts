/** The keys that lead to a value. */
export type Path = readonly PropertyKey[];

/** The keys as people write them: "devices.lamp.pin". */
export function pathText(path: Path): string {
  return path.map(String).join(".");
}
