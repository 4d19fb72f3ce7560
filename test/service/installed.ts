import { cpSync, existsSync, writeFileSync } from "node:fs";
import type { SimulatedChip } from "../kernel/gpio-sim.ts";
import { runProgram, until } from "../kernel/guest.ts";
import { type Ended, property, tryProgram } from "./service.ts";

export const lamp = 17;
const pump = 6;
const heater = 23;
const outputs = [lamp, pump, heater];
export const settingsFile = "/etc/pi2mqtt/devices.yaml";
export const environmentFile = "/etc/pi2mqtt/.env";

/** `initial: keep` shows what happened to a pin before the agent came back. */
export const settings = (backend: string) => `
agent: {id: test}
gpio: {backend: ${backend}}
devices:
  lamp: {kind: relay, topic: home/lamp, pin: ${lamp}, initial: keep}
  pump: {kind: relay, topic: home/pump, pin: ${pump}, active_low: true, initial: keep}
  heater: {kind: relay, topic: home/heater, pin: ${heater}, initial: keep, on_exit: keep}
`;

/** Installs one of the two packages as its install.sh does. */
export function install(from: "TEST_PACKAGE" | "TEST_NEXT_PACKAGE"): Ended {
  return tryProgram(`${process.env[from]}/scripts/install.sh`);
}

/** What npm leaves where there is a compiler; the guest's npm compiles nothing. */
export function addCompiledParts(): void {
  for (const name of ["epoll", "node-dht-sensor"]) {
    const built = `node_modules/${name}/build`;
    if (existsSync(built)) cpSync(built, `/opt/pi2mqtt/${built}`, { recursive: true, dereference: true });
  }
}

export const restart = () => tryProgram("systemctl", "restart", "pi2mqtt");
export const restarts = () => Number(property("NRestarts"));

/** Waits until systemd has started the service again, more often than before. */
export async function comesBack(before: number): Promise<void> {
  const isActive = () => property("ActiveState") === "active";
  await until("the service to come back", () => restarts() > before && isActive(), 60_000);
}

export const levels = (chip: SimulatedChip) => outputs.map((pin) => chip.level(pin));
export const changes = (chip: SimulatedChip) => outputs.map((pin) => chip.changes(pin));

/** The heater stays as it is whatever happens; the others move once, from on to their rest. */
export function movedToRest(were: readonly number[]): readonly number[] {
  return were.map((count, index) => (index === outputs.indexOf(heater) ? count : count + 1));
}

/** Starts the service with another devices.yaml. */
export function configured(chip: SimulatedChip, text: string): Ended {
  runProgram("systemctl", "stop", "pi2mqtt");
  // onoff leaves them exported, which nothing but onoff takes over.
  for (const pin of outputs) if (existsSync(`/sys/class/gpio/gpio${chip.base + pin}`)) chip.unexportLine(pin);
  writeFileSync(settingsFile, text);
  return restart();
}
