import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["test/**/*.test.ts"],
    // These have machines of their own: npm run test:kernel and npm run test:pi.
    exclude: ["test/kernel/**", "test/pi/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
