import { defineConfig } from 'vitest/config';

// The stories of test/browser drive the Chromium that is installed: CHROMIUM, or the first of its usual names in the PATH.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    expect: { poll: { timeout: 20_000 } },
  },
});
