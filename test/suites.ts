/** Folders of tests that have machines, folders or programs of their own: npm run test:NAME each. */
export const ownSuites = ["broker-setup", "kernel", "node-red", "node-versions", "pi"] as const;

/** Tests of npm test that start programs or need dist; npm run test:fast has all others. */
export const slowTests = [
  "test/e2e/**/*.test.ts",
  "test/config/broker-certificates.test.ts",
  "test/gpio/pigpio-package.test.ts",
  "test/launch/built-program.test.ts",
  "test/runtime/isolated-package.test.ts",
  "test/runtime/node-dht-sensor.test.ts",
  "test/runtime/peek.test.ts",
  "test/runtime/programs.test.ts",
  "test/serial/pseudo-terminal.test.ts",
  "test/service/leave.test.ts",
  "test/yaml/user-files.test.ts",
];
