/** Contacts by a custom field, and what happened with them last. */
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { precinctField } from '../../data/precinct-field.ts';
import { Contact } from './contact.ts';
import { Interaction } from './interaction.ts';
import type { RequestContext } from './request-context.ts';

@Resolver(() => Contact)
export class ContactResolver {
  @Query(() => [Contact])
  contacts(
    @Arg('precinct', () => String) precinct: string,
    @Arg('take', () => Int) take: number,
    @Ctx() { prisma, own }: RequestContext,
  ): Promise<readonly Contact[]> {
    const where = { ...own, fields: { path: [precinctField], equals: precinct } };
    return prisma.contact.findMany({ where, orderBy: { id: 'asc' }, take });
  }

  @FieldResolver(() => [Interaction])
  interactions(
    @Arg('take', () => Int) take: number,
    @Root() { id }: Contact,
    @Ctx() { newestOfContact }: RequestContext,
  ): Promise<readonly Interaction[]> {
    return newestOfContact(take).load(id);
  }
}
