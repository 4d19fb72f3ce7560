/** What people connect to an analog input, by the names under which it is sold. */
export const analogUses: readonly string[] = [
  "soil moisture probe",
  "water level sender",
  "MQ-2",
  "MQ-135",
  "LDR",
  "photoresistor",
  "KY-013",
  "KY-018",
  "ACS712",
  "joystick",
  "potentiometer",
  "NTC",
];
