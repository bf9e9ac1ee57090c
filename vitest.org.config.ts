import { defineConfig } from 'vitest/config';

// The stories of test/org run against whatever org the environment names: see docs/testing.md.
export default defineConfig({
  test: { include: ['test/org/**/*.test.ts'], testTimeout: 1_800_000, hookTimeout: 60_000, fileParallelism: false },
});
