/** The groups of kinds, in the order in which people read of them, with their titles. */
export const kindGroups = {
  output: "Outputs",
  control: "Controls that follow a sensor",
  input: "Inputs",
  climate: "Sensors of temperature, humidity and pressure",
  air: "Sensors of air quality",
  light: "Sensors of light",
  electricity: "Sensors of voltage, current and energy",
  motion: "Sensors of distance, weight and motion",
  machine: "The machine itself",
  sensor: "Anything else that can be read",
  virtual: "Without hardware",
} as const;

/** One of {@link kindGroups}. */
export type KindGroup = keyof typeof kindGroups;

/** The groups of sensors. */
export const sensorGroups = ["climate", "air", "light", "electricity", "motion", "machine", "sensor"] as const;

/** One of {@link sensorGroups}. */
export type SensorGroup = (typeof sensorGroups)[number];
