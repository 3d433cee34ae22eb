/** A page of interactions; `where` is not a field, but what its resolver counts when somebody asks for the total. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { Prisma } from '../../../../src/store/prisma/client.ts';
import { Interaction } from './interaction.ts';

@ObjectType()
export class InteractionPage {
  @Field(() => [Interaction]) nodes!: readonly Interaction[];
  @Field(() => Int) totalCount?: number;
  where!: Prisma.InteractionWhereInput;
}
