import { isMapping } from "./is-mapping.ts";
import { yamlPackage } from "./yaml-package.ts";

/** A setting as one line of YAML: `measures: {speed: {file: fan1_input}}`. Of a group of groups only the first is shown. */
export function oneLine(key: string, value: unknown): string {
  return asYaml({ [key]: shortened(value) }).replace(/^\{|\}$/g, "");
}

/** A value as YAML in one line. */
export function asYaml(value: unknown): string {
  return yamlPackage().stringify(value, { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 }).trim();
}

function shortened(value: unknown): unknown {
  const entries = isMapping(value) ? Object.entries(value) : [];
  const isGroupOfGroups = entries.length > 1 && entries.every(([, one]) => isMapping(one));
  return isGroupOfGroups ? Object.fromEntries(entries.slice(0, 1)) : value;
}
