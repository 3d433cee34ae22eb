/** Where Prisma's own tools find what is ours. The server does not read this file. */
import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only commands that talk to a database want it.
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
