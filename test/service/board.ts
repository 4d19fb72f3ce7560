/**
 * The header of the guest's board, which is there before the service starts, as on a Raspberry Pi. The unit that {@link enableBoard}
 * makes runs this file in each boot.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { persistOutputs, SimulatedChip } from "../kernel/gpio-sim.ts";
import { runProgram } from "../kernel/guest.ts";
import { makeUdevRules } from "./service.ts";

/** The pin of the wall switch, which is off when the guest boots. */
export const wall = 5;

const unitFile = "/etc/systemd/system/board.service";

/** The chip of the header, which the unit plugged in. */
export const header = () => new SimulatedChip({ label: "pinctrl-bcm2711", shared: "header" });

/** Plugs the header in, now and in each boot to come. */
export function enableBoard(): void {
  const unit = [
    "[Unit]",
    "Before=pi2mqtt.service",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    `WorkingDirectory=${process.cwd()}`,
    `ExecStart=${process.execPath} --import tsx ${fileURLToPath(import.meta.url)}`,
    "[Install]",
    "WantedBy=multi-user.target",
  ];
  writeFileSync(unitFile, `${unit.join("\n")}\n`);
  runProgram("systemctl", "enable", "--now", "board");
}

function plugIn(): void {
  // As on Raspberry Pi OS, which gives pins to a group and keeps the levels of those that nobody holds any more.
  makeUdevRules();
  persistOutputs(true);
  header().drive(wall, 0);
  runProgram("udevadm", "settle");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) plugIn();
