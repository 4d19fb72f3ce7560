import type { WritableFile } from "../../../src/core/machine/files.ts";
import { FakeTree, systemError } from "../tree.ts";

const root = "/sys/class/pwm";

/** A chip: its node in the device tree, and the pin that an overlay gave it. */
export interface FakePwmChip {
  readonly node: string;
  readonly gpio?: number;
  /** Its device on the I2C bus, such as "1-0040". Such a chip has 16 channels and one more, and one period for all that are enabled. */
  readonly device?: string;
}

/**
 * /sys/class/pwm as Linux has it (drivers/pwm/sysfs.c): a channel's files appear when it is exported, no pulse may be longer
 * than its period, and a channel without a period cannot be enabled.
 */
export class FakePwm extends FakeTree {
  /** What was written to a channel, in order, as "file=value". */
  readonly written: string[] = [];
  /** The folders of chips that have one period for all channels that are enabled. */
  readonly #onePeriod = new Set<string>();

  constructor(chips: Readonly<Record<string, FakePwmChip>> = { pwmchip0: { node: "/soc/pwm@7e20c000" } }) {
    super();
    for (const [name, { node, gpio, device }] of Object.entries(chips)) {
      this.files.set(`${root}/${name}/export`, "");
      this.files.set(`${root}/${name}/device/uevent`, `DRIVER=some-pwm\nOF_FULLNAME=${node}\nOF_COMPATIBLE_N=1\n`);
      if (device !== undefined) {
        this.files.set(`${root}/${name}/npwm`, "17\n");
        this.files.set(`${root}/${name}/device/uevent`, `DRIVER=pca9685-pwm\nOF_FULLNAME=${node}\n`);
        this.files.set(`/sys/bus/i2c/devices/${device}/name`, "pca9685-pwm\n");
        this.files.set(`/sys/bus/i2c/devices/${device}/pwm/${name}/npwm`, "17\n");
        this.#onePeriod.add(`${root}/${name}`);
      }
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

  /** What the driver of a PCA9685 refuses (pwm-pca9685.c, "periods of enabled pwms must match"). */
  #checkPeriod(folder: string, file: string, text: string): void {
    const chip = folder.slice(0, folder.lastIndexOf("/"));
    if (!this.#onePeriod.has(chip)) return;
    const has = (channel: string, name: string) => String(this.files.get(`${channel}/${name}`)).trim();
    const period = file === "period" ? text : has(folder, "period");
    if (file === "period" && has(folder, "enable") !== "1") return;
    for (const other of Array.from({ length: 17 }, (_, number) => `${chip}/pwm${number}`))
      if (other !== folder && has(other, "enable") === "1" && has(other, "period") !== period)
        throw systemError("EBUSY");
  }

  #write(path: string, text: string): void {
    const [folder, file = ""] = [path.slice(0, path.lastIndexOf("/")), path.split("/").at(-1)];
    const value = (name: string) => Number(this.files.get(`${folder}/${name}`));
    if (file === "period" && (Number(text) < value("duty_cycle") || Number(text) > 1e9)) throw systemError("EINVAL");
    if (file === "duty_cycle" && Number(text) > value("period")) throw systemError("EINVAL");
    if (file === "enable" && text === "1" && value("period") === 0) throw systemError("EINVAL");
    if (file === "period" || (file === "enable" && text === "1")) this.#checkPeriod(folder, file, text);
    this.written.push(`${file}=${text}`);
    this.files.set(path, text);
  }
}
