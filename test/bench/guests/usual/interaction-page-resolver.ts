/** Counts a page's total when somebody asks for it. */
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { InteractionPage } from './interaction-page.ts';
import type { RequestContext } from './request-context.ts';

@Resolver(() => InteractionPage)
export class InteractionPageResolver {
  @FieldResolver(() => Int)
  totalCount(@Root() { where }: InteractionPage, @Ctx() { prisma }: RequestContext): Promise<number> {
    return prisma.interaction.count({ where });
  }
}
