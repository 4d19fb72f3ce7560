import { chmodSync, chownSync, existsSync, realpathSync, statSync } from "node:fs";
import { namesIn } from "./guest.ts";

const sysfs = "/sys/class/gpio";

/** A new line's files, as Raspberry Pi OS's 99-com.rules hand them on; `edge` is only there for lines with interrupts. */
const lineFiles = ["value", "direction", "active_low", "edge"];

interface Seen {
  readonly atMs: number;
  readonly mode: number;
  isGiven: boolean;
}

/**
 * Does what udev does with the rules of Raspberry Pi OS: gives /dev/gpiochip*, /sys/class/gpio/export and the files of each new
 * line to a group, `delayMs` after they appeared. Returns how to stop it, which gives everything back to root.
 */
export function startUdev(groupId: number, delayMs: number): () => void {
  const seen = new Map<string, Seen>();
  const timer = setInterval(() => {
    for (const path of seen.keys()) if (!existsSync(path)) seen.delete(path);
    for (const path of present()) {
      const file = seen.get(path) ?? { atMs: performance.now(), mode: statSync(path).mode, isGiven: false };
      seen.set(path, file);
      if (file.isGiven || performance.now() - file.atMs < delayMs) continue;
      chownSync(path, 0, groupId);
      chmodSync(path, 0o660);
      file.isGiven = true;
    }
  }, 10);
  return () => {
    clearInterval(timer);
    for (const [path, { mode }] of seen) {
      if (!existsSync(path)) continue;
      chownSync(path, 0, 0);
      chmodSync(path, mode);
    }
    seen.clear();
  };
}

/** Every file that the rules are about and that is there now. */
function present(): string[] {
  const devices = namesIn("/dev").filter((name) => /^gpiochip\d+$/.test(name));
  const lines = namesIn(sysfs).filter((name) => /^gpio\d+$/.test(name));
  return [
    ...devices.map((name) => `/dev/${name}`),
    `${sysfs}/export`,
    `${sysfs}/unexport`,
    ...lines.flatMap((name) => lineFiles.map((file) => `${realpathSync(`${sysfs}/${name}`)}/${file}`)),
  ].filter((path) => existsSync(path));
}
