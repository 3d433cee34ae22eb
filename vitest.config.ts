import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vitest would load graphql twice, as a module and as CommonJS, and graphql refuses schemas of its twin.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    globalSetup: 'test/global-setup.ts',
    // Clones of the template database, and tests that kill their own servers, take longer on a busy machine.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
