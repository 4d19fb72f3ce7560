import * as z from "zod";
import { UserError } from "../core/errors.ts";
import { type Files, readTrimmed } from "../core/machine/files.ts";
import { pin } from "../core/pin.ts";
import { defineSensor, type SensorContext } from "../core/sensor.ts";
import { around, milli } from "../core/simulation/pretend.ts";

/** Reading takes 0.1 s without a retry, and about 2 s if the sensor does not answer (node-dht-sensor, dht-sensor.cpp). */
const readTimeoutMs = 5_000;

/** If the package gives one of the two values only, the other one is NaN and becomes null. */
const packageValue = z.number().catch(Number.NaN);
const packageReading = z
  .object({ temperature: packageValue, humidity: packageValue })
  .catch({ temperature: Number.NaN, humidity: Number.NaN });

/** A temperature and humidity sensor of the DHT family. */
export const dht = defineSensor({
  kind: "dht",
  summary: "A DHT11 or DHT22 (AM2302) temperature and humidity sensor.",
  usedFor: "temperature and humidity from a DHT11 or DHT22",
  searchedAs: ["AM2302", "KY-015", "DHT22 board"],
  alsoCalled: ["dht21", "am2301"],
  group: "climate",
  options: {
    pin: pin("The pin that the sensor's data line is wired to, as a BCM number.", "driver"),
    model: z.enum(["DHT11", "DHT22", "AM2302"]).default("DHT22").describe("The sensor's name. Default: DHT22."),
    source: z
      .enum(["auto", "kernel", "node-dht-sensor"])
      .default("auto")
      .describe(
        "Who reads the sensor: the kernel's driver (dtoverlay=dht11,gpiopin=4), or the package node-dht-sensor, which cannot on a Pi 5. auto takes the kernel's where it is. Default: auto.",
      ),
  },
  example: { topic: "home/office/climate", pin: 4, model: "DHT22", every: "30s" },
  // node-dht-sensor repeats a good reading for 3 s; the sensor itself needs 2 s between readings.
  every: { default: "30s", min: "3s" },
  oneAtATime: "dht",
  connection: {
    bus: "a pin",
    line: "dtoverlay=dht11,gpiopin=4",
    async recognise({ name, folder, files }) {
      const pinNumber = name.startsWith("dht11") ? await pinOf(files, folder) : undefined;
      return pinNumber === undefined ? undefined : { pin: pinNumber };
    },
  },
  wiring: { part: "sensor", supply: "3V3", pullUpOhms: 10_000 },
  measures: {
    temperature: { unit: "°C", device_class: "temperature", digits: 1, range: [-40, 80] },
    humidity: { unit: "%", device_class: "humidity", digits: 1, range: [0, 100] },
  },
  pretend: {
    values: { temperature: around(21.4, 0.6, 120_000), humidity: around(48, 3, 200_000) },
    identity: ({ pin: chosen }) => chosen,
    files: ({ pin: chosen, source }, values) => (source === "kernel" ? driverFiles(Number(chosen), values) : {}),
    call: ({ pin: chosen }, values, { functionName, args }) =>
      functionName === "promises.read" && args[1] === chosen ? values : undefined,
  },
  async open(options, context) {
    const folder =
      options.source === "node-dht-sensor" ? undefined : await findKernelDevice(context.files, options.pin);
    if (folder !== undefined) return () => readKernel(context.files, folder);
    if (options.source === "kernel")
      throw new UserError(`the kernel has no DHT sensor on pin ${options.pin}`, { hint: overlayHint(options.pin) });
    return openPackage(options.model === "DHT11" ? 11 : 22, options.pin, context);
  },
});

function overlayHint(pinNumber: number): string {
  return `add "dtoverlay=dht11,gpiopin=${pinNumber}" to /boot/firmware/config.txt and reboot (it serves DHT22 too)`;
}

/** The folder of the kernel's dht11 driver for this pin. */
async function findKernelDevice(files: Files, pinNumber: number): Promise<string | undefined> {
  const root = "/sys/bus/iio/devices";
  for (const name of await files.list(root)) {
    if (!(await readTrimmed(files, `${root}/${name}/name`))?.startsWith("dht11")) continue;
    if ((await pinOf(files, `${root}/${name}`)) === pinNumber) return `${root}/${name}`;
  }
  return undefined;
}

/** The pin of a device of the driver, as its property `gpios` names it: phandle, pin, flags, each a u32. */
async function pinOf(files: Files, folder: string): Promise<number | undefined> {
  const gpios = await files.readBytes(`${folder}/of_node/gpios`).catch(() => undefined);
  if (gpios === undefined || gpios.length < 8) return undefined;
  return new DataView(gpios.buffer, gpios.byteOffset).getUint32(4);
}

async function readKernel(files: Files, folder: string) {
  const temperature = Number((await files.readText(`${folder}/in_temp_input`)).trim() || Number.NaN);
  const humidity = Number((await files.readText(`${folder}/in_humidityrelative_input`)).trim() || Number.NaN);
  return plausible({ temperature: temperature / 1000, humidity: humidity / 1000 });
}

/** The files of the kernel's driver for the simulation: an IIO device for each pin. `gpios` is phandle, pin, flags, as big-endian u32. */
function driverFiles(pinNumber: number, { temperature, humidity }: { temperature: number; humidity: number }) {
  const folder = `/sys/bus/iio/devices/iio:device${pinNumber}`;
  return {
    [`${folder}/name`]: `dht11@${pinNumber.toString(16)}\n`,
    [`${folder}/of_node/gpios`]: `\0\0\0\u0007\0\0\0${String.fromCharCode(pinNumber)}\0\0\0\0`,
    [`${folder}/in_temp_input`]: milli(temperature),
    [`${folder}/in_humidityrelative_input`]: milli(humidity),
  };
}

/**
 * The package maps the chip's registers without checking the chip, as root even through /dev/mem. So it is used only on chips that it
 * knows.
 */
const chipsOfThePackage = ["brcm,bcm2835", "brcm,bcm2836", "brcm,bcm2837", "brcm,bcm2711"];

async function openPackage(model: 11 | 22, pinNumber: number, { files, isolate }: SensorContext) {
  const board = (await readTrimmed(files, "/proc/device-tree/compatible")) ?? "";
  if (!chipsOfThePackage.some((chip) => board.includes(chip)))
    throw new UserError("node-dht-sensor can read the pins of a Raspberry Pi Zero to 4, and this is another machine", {
      hint: board.includes("brcm,bcm2712") ? overlayHint(pinNumber) : "run with --simulate to try without hardware",
    });
  const sensor = await isolate("node-dht-sensor");
  return async () => {
    // The package retries after 450 ms, which is too soon for the sensor. The next reading comes later and works better.
    await sensor.call("setMaxRetries", [1], readTimeoutMs);
    return plausible(packageReading.parse(await sensor.call("promises.read", [model, pinNumber], readTimeoutMs)));
  };
}

/** If the line has a short circuit to ground, all bits read as zero, and the checksum of zeros is right. */
function plausible(reading: z.output<typeof packageReading>) {
  if (reading.temperature === 0 && reading.humidity === 0)
    throw new UserError("the sensor gave only zeros", { hint: "check its wiring" });
  return reading;
}
