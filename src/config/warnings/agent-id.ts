import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";

/** The host names that systems for such boards have by default, so that many machines have them. */
const usualHosts = ["raspberrypi", "localhost", "dietpi", "ubuntu", "debian", "alarmpi", "octopi", "pi"];

/** Whether a machine has this name unless somebody gave it another one. */
export function isUsualHost(name: string): boolean {
  return usualHosts.includes(name.toLowerCase().replace(/-(local|localdomain|lan|home)$/, ""));
}

/** Warns of an agent id that another machine probably has too. A broker accepts only one client with the same id at a time. */
export function agentIdWarnings(id: string, isWritten: boolean, source: SourceDocument): Problem[] {
  if (!isUsualHost(id)) return [];
  const place = isWritten ? source.placeOfValue(["agent", "id"]) : undefined;
  const sentence = `"${id}" is a host name that systems come with; write an agent.id of its own, since two machines with the same one disconnect each other from the broker`;
  return [{ path: "agent.id", place, sentence }];
}
