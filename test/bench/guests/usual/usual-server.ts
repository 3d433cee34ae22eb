/**
 * The usual stack, written as its documentation teaches: classes with decorators, a resolver for each type, Prisma for
 * every read, dataloader against N+1, Apollo on Fastify, which is the fastest of its integrations.
 */
import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import { PrismaPg } from '@prisma/adapter-pg';
import { fastify } from 'fastify';
import { buildSchema } from 'type-graphql';
import { PrismaClient } from '../../../../src/store/prisma/client.ts';
import { ContactResolver } from './contact-resolver.ts';
import { HouseholdResolver } from './household-resolver.ts';
import { InteractionPageResolver } from './interaction-page-resolver.ts';
import { InteractionResolver } from './interaction-resolver.ts';
import { type Caller, makeRequestContext, type RequestContext } from './request-context.ts';

const connectionString = process.env['DATABASE_URL']!;
const caller = JSON.parse(process.env['CALLER']!) as Caller;
// Prisma's adapter drops the offset of a time, which is right in UTC only.
const adapter = new PrismaPg({ connectionString, max: 10, options: '-c timezone=UTC' });
const prisma = new PrismaClient({ adapter });

const app = fastify();
const apollo = new ApolloServer<RequestContext>({
  schema: await buildSchema({
    resolvers: [ContactResolver, HouseholdResolver, InteractionResolver, InteractionPageResolver],
  }),
  plugins: [fastifyApolloDrainPlugin(app)],
});
await apollo.start();
await app.register(fastifyApollo(apollo), { context: () => Promise.resolve(makeRequestContext(prisma, caller)) });
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
process.on('SIGTERM', () => process.exit());
