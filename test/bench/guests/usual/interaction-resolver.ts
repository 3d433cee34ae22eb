/** Interactions, alone and in pages, and what they refer to. */
import { Arg, Ctx, FieldResolver, ID, Int, Query, registerEnumType, Resolver, Root } from 'type-graphql';
import type { Prisma } from '../../../../src/store/prisma/client.ts';
import { Campaign } from './campaign.ts';
import { Contact } from './contact.ts';
import { Household } from './household.ts';
import { Interaction } from './interaction.ts';
import { InteractionPage } from './interaction-page.ts';
import type { RequestContext } from './request-context.ts';

export const interactionOrder = { TIMESTAMP: 'timestamp', MODIFIED: 'modified' } as const;
registerEnumType(interactionOrder, { name: 'InteractionOrder' });

type Order = (typeof interactionOrder)[keyof typeof interactionOrder];

@Resolver(() => Interaction)
export class InteractionResolver {
  @Query(() => Interaction, { nullable: true })
  interaction(@Arg('id', () => ID) id: string, @Ctx() { prisma, own }: RequestContext): Promise<Interaction | null> {
    return prisma.interaction.findFirst({ where: { ...own, id } });
  }

  @Query(() => InteractionPage)
  async interactions(
    @Arg('until', () => Date, { nullable: true }) until: Date | null,
    @Arg('modifiedAfter', () => Date, { nullable: true }) modifiedAfter: Date | null,
    @Arg('voters', () => [String], { nullable: true }) voters: string[] | null,
    @Arg('order', () => interactionOrder, { defaultValue: 'timestamp' }) order: Order,
    @Arg('take', () => Int) take: number,
    @Ctx() { prisma, own }: RequestContext,
  ): Promise<InteractionPage> {
    const where: Prisma.InteractionWhereInput = {
      ...own,
      ...(until ? { timestamp: { lte: until } } : {}),
      ...(modifiedAfter ? { modified: { gt: modifiedAfter } } : {}),
      ...(voters ? { contactRow: { ...own, externalId: { in: voters } } } : {}),
    };
    const orderBy: Prisma.InteractionOrderByWithRelationInput[] =
      order === 'modified' ? [{ modified: 'asc' }, { id: 'asc' }] : [{ timestamp: 'desc' }, { id: 'desc' }];
    return { where, nodes: await prisma.interaction.findMany({ where, orderBy, take }) };
  }

  @FieldResolver(() => Contact, { nullable: true })
  contact(@Root() { contactId }: Interaction, @Ctx() { contacts }: RequestContext): Promise<Contact | null> {
    return contacts.load(contactId);
  }

  @FieldResolver(() => Household, { nullable: true })
  household(@Root() { householdId }: Interaction, @Ctx() { households }: RequestContext): Promise<Household | null> {
    return households.load(householdId);
  }

  @FieldResolver(() => Campaign, { nullable: true })
  campaign(@Root() { campaignId }: Interaction, @Ctx() { campaigns }: RequestContext): Promise<Campaign | null> {
    return campaigns.load(campaignId);
  }
}
