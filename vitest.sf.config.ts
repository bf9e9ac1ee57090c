import { defineConfig } from 'vitest/config';

// The stories of test/sf drive the official Salesforce CLI: started by scripts/test-sf.ts, which installs it.
export default defineConfig({
  test: { include: ['test/sf/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 60_000, fileParallelism: false },
});
