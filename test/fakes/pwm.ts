import type { WritableFile } from "../../src/core/files.ts";
import { FakeTree, systemError } from "./tree.ts";

const root = "/sys/class/pwm";

/**
 * /sys/class/pwm as Linux has it (drivers/pwm/sysfs.c): a channel's files appear when it is exported, no pulse may be longer
 * than its period, and a channel without a period cannot be enabled.
 */
export class FakePwm extends FakeTree {
  /** What was written to a channel, in order, as "file=value". */
  readonly written: string[] = [];

  constructor(
    chips: Readonly<Record<string, { node: string; gpio?: number }>> = { pwmchip0: { node: "/soc/pwm@7e20c000" } },
  ) {
    super();
    for (const [name, { node, gpio }] of Object.entries(chips)) {
      this.files.set(`${root}/${name}/export`, "");
      this.files.set(`${root}/${name}/device/uevent`, `DRIVER=some-pwm\nOF_FULLNAME=${node}\nOF_COMPATIBLE_N=1\n`);
      if (gpio !== undefined)
        this.files.set(`${root}/${name}/device/of_node/gpios`, Uint8Array.of(0, 0, 0, 7, 0, 0, 0, gpio, 0, 0, 0, 0));
    }
  }

  /** The text of a channel's file. */
  async now(channel: string, file: string): Promise<string> {
    return this.readText(`${root}/${channel}/${file}`);
  }

  override async writeText(path: string, text: string): Promise<void> {
    if (path.endsWith("/export")) return this.#export(path.replace("/export", `/pwm${text}`));
    await super.readBytes(path);
    this.#write(path, text);
  }

  override async openForWriting(path: string): Promise<WritableFile> {
    const file = await super.openForWriting(path);
    return { ...file, write: (text) => this.#write(path, text) };
  }

  #export(folder: string): void {
    if (this.files.has(`${folder}/period`)) throw systemError("EBUSY");
    for (const [file, text] of Object.entries({ period: "0", duty_cycle: "0", enable: "0", polarity: "normal" }))
      this.files.set(`${folder}/${file}`, `${text}\n`);
  }

  #write(path: string, text: string): void {
    const [folder, file = ""] = [path.slice(0, path.lastIndexOf("/")), path.split("/").at(-1)];
    const value = (name: string) => Number(this.files.get(`${folder}/${name}`));
    if (file === "period" && (Number(text) < value("duty_cycle") || Number(text) > 1e9)) throw systemError("EINVAL");
    if (file === "duty_cycle" && Number(text) > value("period")) throw systemError("EINVAL");
    if (file === "enable" && text === "1" && value("period") === 0) throw systemError("EINVAL");
    this.written.push(`${file}=${text}`);
    this.files.set(path, text);
  }
}
