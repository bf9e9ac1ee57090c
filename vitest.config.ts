import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/org/**', 'test/sf/**', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for may be another process's, on a machine with more to do.
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    // One a core: the stories wait for the processes they start, so that a core left free would stay idle.
    maxWorkers: '100%',
    restoreMocks: true,
  },
});
