import { type BadFile, device, lamp } from "./bad-file.ts";

/** Files in which a pin is wrong. */
export const badPins: readonly BadFile[] = [
  [
    "a pin that is none",
    device("kind: relay, topic: a, pin: seventeen"),
    'devices.yaml:2:36  devices.it.pin: "seventeen" is not a pin; write the BCM number, such as 17 or GPIO17, or the header position, such as BOARD11, or the line of a named chip, such as relays/3',
  ],
  [
    "a position of the header that is power",
    device("kind: relay, topic: a, pin: BOARD2"),
    'devices.yaml:2:36  devices.it.pin: "BOARD2" is power or ground, not a GPIO; choose another position of the header',
  ],
  [
    "a pin outside the header",
    device("kind: relay, topic: a, pin: 28"),
    "devices.yaml:2:36  devices.it.pin: pin 28 is not on the header, which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins",
  ],
  ...(
    [
      ["529", 529, 17, "512 on most machines"],
      ["GPIO512", 512, 0, "512 on most machines"],
      ["BCM598", 598, 27, "571 on the first kernels of the Pi 5"],
    ] as const
  ).map(
    ([written, number, pin, base]): BadFile => [
      `the pin ${written}, which is a number of the kernel's`,
      device(`kind: relay, topic: a, pin: ${written}`),
      `devices.yaml:2:36  devices.it.pin: pin ${number} is not on the header; it is the number of GPIO${pin} in /sys/class/gpio, which counts from ${base}; write ${pin}`,
    ],
  ),
  [
    "a pin between those that kernels count from",
    device("kind: relay, topic: a, pin: 541"),
    "devices.yaml:2:36  devices.it.pin: pin 541 is not on the header, which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins",
  ],
  [
    "a reserved pin",
    device("kind: relay, topic: a, pin: BOARD27"),
    "devices.yaml:2:36  devices.it.pin: pin 0 belongs to the memory chip of a HAT; choose another, or add it to gpio.force_pins",
  ],
  [
    "a pin used twice, in two notations",
    `${lamp}  fan: {kind: relay, topic: home/fan, pin: BOARD11}\n`,
    'devices.yaml:3:44  devices.fan.pin: pin 17 is already used by "lamp"; choose another',
  ],
  [
    "a pin used twice by two kinds",
    `${lamp}  climate: {kind: dht, topic: home/climate, pin: GPIO17}\n`,
    'devices.yaml:3:50  devices.climate.pin: pin 17 is already used by "lamp"; choose another',
  ],
];
