import type { Drift } from "./measured-value.ts";

/** A device's options, as devices.yaml has them. */
type Options = Readonly<Record<string, unknown>>;

/** How the pretended room answers for one kind of sensor. */
export interface PretendedSensor<Name extends string = string> {
  /** The kind's measures, as they are until a scenario sets them. */
  readonly values: Readonly<Record<Name, Drift>>;
  /** What tells the sensors of a kind apart, such as their pin. Absent where a machine has one. */
  identity?(options: Options): unknown;
  /** The texts of the files through which Linux shows the sensor, by path, for these values. */
  files?(options: Options, values: Readonly<Record<Name, number>>): Readonly<Record<string, string>>;
  /** What a native package's function returns; undefined for a call that does not ask this sensor. */
  call?(options: Options, values: Readonly<Record<Name, number>>, asked: PackageCall): unknown;
}

/** A call of a native package, as {@link import("../core/isolate.ts").IsolatedPackage.call} has it. */
export interface PackageCall {
  readonly packageName: string;
  readonly functionName: string;
  readonly args: readonly unknown[];
}

/** Checks an entry of the table below: a value that the files do not know is an error. */
function pretend<Name extends string>(sensor: PretendedSensor<Name>): PretendedSensor {
  return sensor as PretendedSensor;
}

const around = (middle: number, swing: number, periodMs: number): Drift => ({ middle, swing, periodMs });

/** A number in thousandths, as sysfs writes it. */
const milli = (value: number) => `${Math.round(value * 1000)}\n`;

const defaultAddress = "28-0316a2795dff";
const addressOf = ({ address = defaultAddress }: Options) => address;

/** An IIO device for each pin; the `gpios` property is phandle, pin, flags, as big-endian u32. */
function dhtDriverFiles(pin: number, { temperature, humidity }: { temperature: number; humidity: number }) {
  const folder = `/sys/bus/iio/devices/iio:device${pin}`;
  return {
    [`${folder}/name`]: `dht11@${pin.toString(16)}\n`,
    [`${folder}/of_node/gpios`]: `\0\0\0\u0007\0\0\0${String.fromCharCode(pin)}\0\0\0\0`,
    [`${folder}/in_temp_input`]: milli(temperature),
    [`${folder}/in_humidityrelative_input`]: milli(humidity),
  };
}

/** The sensors of the pretended room, by their kind. A new kind that reads files or calls a package has one entry here. */
export const pretendedSensors: Readonly<Record<string, PretendedSensor>> = {
  cpu_temperature: pretend({
    values: { temperature: around(47, 4, 90_000) },
    files: (_options, { temperature }) => ({
      "/sys/class/thermal/thermal_zone0/type": "cpu-thermal\n",
      "/sys/class/thermal/thermal_zone0/temp": milli(temperature),
    }),
  }),

  dht: pretend({
    values: { temperature: around(21.4, 0.6, 120_000), humidity: around(48, 3, 200_000) },
    identity: ({ pin }) => pin,
    files: ({ pin, source }, values) => (source === "kernel" ? dhtDriverFiles(Number(pin), values) : {}),
    call: ({ pin }, values, { functionName, args }) =>
      functionName === "promises.read" && args[1] === pin ? values : undefined,
  }),

  ds18b20: pretend({
    values: { temperature: around(19, 1, 300_000) },
    identity: addressOf,
    files: (options, { temperature }) => ({
      [`/sys/bus/w1/devices/${addressOf(options)}/temperature`]: milli(temperature),
    }),
  }),
};
