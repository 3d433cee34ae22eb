/** Households and who lives there. */
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Contact } from './contact.ts';
import { Household } from './household.ts';
import type { RequestContext } from './request-context.ts';

@Resolver(() => Household)
export class HouseholdResolver {
  @Query(() => [Household])
  households(
    @Arg('ids', () => [ID]) ids: string[],
    @Ctx() { prisma, own }: RequestContext,
  ): Promise<readonly Household[]> {
    return prisma.household.findMany({ where: { ...own, id: { in: ids } }, orderBy: { id: 'asc' } });
  }

  @FieldResolver(() => [Contact])
  contacts(@Root() { id }: Household, @Ctx() { contactsOfHousehold }: RequestContext): Promise<readonly Contact[]> {
    return contactsOfHousehold.load(id);
  }
}
