import { describe, expect, it } from "vitest";
import { seenLines } from "../../src/wiring/pins/seen-lines.ts";
import { FakeTree } from "../fakes/tree.ts";

const debugFile = "/sys/kernel/debug/gpio";

/** As Raspberry Pi OS with kernel 6.6 shows a Pi 4. */
const pi4 = `gpiochip0: GPIOs 512-569, parent: platform/fe200000.gpio, pinctrl-bcm2711:
 gpio-512 (ID_SDA              )
 gpio-516 (GPIO4               |dht11@4             ) in  hi IRQ 
 gpio-520 (SPI_CE0_N           |spi0 CS0            ) out hi ACTIVE LOW
 gpio-529 (GPIO17              |pi2mqtt             ) out lo 
 gpio-530 (GPIO18              |a (strange) | name  ) in  ?   
 gpio-554 (RGMII_MDIO          )

gpiochip1: GPIOs 570-577, parent: platform/soc:firmware:gpio, raspberrypi-exp-gpio, can sleep:
 gpio-571 (WL_ON               |shutdown            ) out hi 
`;

const see = (text: string, chip?: string) => seenLines(new FakeTree({ [debugFile]: text }), chip);
const lines = async (text: string, chip?: string) => Object.fromEntries((await see(text, chip)).lines);

describe("with /sys/kernel/debug/gpio", () => {
  it("sees each held line of the header's chip, by BCM number and physical level", async () => {
    expect(await lines(pi4)).toEqual({
      4: { consumer: "dht11@4", level: 1 },
      8: { consumer: "spi0 CS0", level: 1 },
      17: { consumer: "pi2mqtt", level: 0 },
      18: { consumer: "a (strange) | name", level: undefined },
    });
    expect((await see(pi4)).source).toBe(debugFile);
  });

  it("takes the header's chip wherever it stands: on a Pi 5 others come first, and lines count from 0 on old kernels", async () => {
    const brcmstb =
      "gpiochip11: GPIOs 512-526, parent: platform/107d517c00.gpio, gpio-brcmstb@107d517c00:\n gpio-514 (RP1_RUN             |RP1 RUN pin         ) out hi \n\n";
    const rp1 =
      "gpiochip0: GPIOs 571-624, parent: platform/1f000d0000.gpio, pinctrl-rp1:\n gpio-588 (GPIO17              |pi2mqtt             ) out hi \n";
    expect(await lines(brcmstb + rp1)).toEqual({ 17: { consumer: "pi2mqtt", level: 1 } });
    const old =
      "gpiochip0: GPIOs 0-53, parent: platform/3f200000.gpio, pinctrl-bcm2835:\n gpio-17  (                    |sysfs               ) out hi    \n";
    expect(await lines(old)).toEqual({ 17: { consumer: "sysfs", level: 1 } });
  });

  it("takes the chip that the user named", async () => {
    expect(await lines(pi4, "raspberrypi-exp-gpio")).toEqual({ 1: { consumer: "shutdown", level: 1 } });
  });

  it("reads the form of simulated chips", async () => {
    const text = `gpiochip0: GPIOs 512-565, parent: platform/gpio-sim.0, pinctrl-bcm2711, can sleep:
 gpio-512 (<unused>) input,pull-down
 gpio-517 (pi2mqtt) input,pull-up
 gpio-529 (pi2mqtt) output-high,pull-down
 gpio-539 (pi2mqtt) output-low,pull-up
`;
    expect(await lines(text)).toEqual({
      5: { consumer: "pi2mqtt", level: 1 },
      17: { consumer: "pi2mqtt", level: 1 },
      27: { consumer: "pi2mqtt", level: 0 },
    });
  });
});

describe("without root", () => {
  const chip = {
    "/sys/class/gpio/gpiochip512/label": "pinctrl-bcm2711\n",
    "/sys/class/gpio/gpiochip512/base": "512\n",
    "/sys/class/gpio/gpiochip570/label": "raspberrypi-exp-gpio\n",
    "/sys/class/gpio/gpiochip570/base": "570\n",
  };

  it("sees the lines that are exported, at their physical level", async () => {
    const files = new FakeTree({
      ...chip,
      "/sys/class/gpio/gpio529/value": "1\n",
      "/sys/class/gpio/gpio529/active_low": "0\n",
      "/sys/class/gpio/gpio517/value": "1\n",
      "/sys/class/gpio/gpio517/active_low": "1\n",
    });
    const { source, lines } = await seenLines(files, undefined);
    expect(source).toBe("/sys/class/gpio");
    expect(Object.fromEntries(lines)).toEqual({
      5: { consumer: "sysfs", level: 0 },
      17: { consumer: "sysfs", level: 1 },
    });
  });

  it("sees nothing on a machine that is no Raspberry Pi", async () => {
    expect(await seenLines(new FakeTree(), undefined)).toEqual({ source: undefined, lines: new Map() });
    expect((await seenLines(new FakeTree(chip), "another-chip")).source).toBeUndefined();
  });

  it("changes nothing", async () => {
    const files = new FakeTree({ ...chip, [debugFile]: pi4, "/sys/class/gpio/export": "" });
    const before = new Map(files.files);
    await seenLines(files, undefined);
    expect(files.files).toEqual(before);
  });
});
