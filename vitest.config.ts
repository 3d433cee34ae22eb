import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vitest would load graphql twice, as a module and as CommonJS, and graphql refuses schemas of its twin.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { include: ['test/**/*.test.ts'], exclude: ['test/bench/**'] },
});
