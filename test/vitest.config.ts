import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["test/**/*.test.ts"],
    // These have machines or folders of their own: npm run test:kernel, test:pi, test:broker-setup, test:node-red.
    exclude: ["test/kernel/**", "test/pi/**", "test/broker-setup/**", "test/node-red/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
