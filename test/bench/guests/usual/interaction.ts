/** An interaction as the usual stack declares it: a class whose fields are those of Prisma's model. */
import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, ObjectType } from 'type-graphql';
import { Envelope } from './envelope.ts';

@ObjectType()
export class Interaction extends Envelope {
  @Field(() => ID) campaignId!: string;
  @Field(() => ID) contactId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => ID, { nullable: true }) contactHouseholdId!: string | null;
  @Field(() => Date) timestamp!: Date;
  @Field(() => ID) surveyId!: string;
  @Field(() => GraphQLJSON, { nullable: true }) surveyResponses!: unknown;
  @Field(() => Float, { nullable: true }) locationLat!: number | null;
  @Field(() => Float, { nullable: true }) locationLng!: number | null;
  @Field(() => Float, { nullable: true }) locationConfidence!: number | null;
  @Field(() => Boolean, { nullable: true }) successful!: boolean | null;
  @Field(() => Boolean) unavailable!: boolean;
  @Field(() => String, { nullable: true }) unavailableReason!: string | null;
  @Field(() => Float, { nullable: true }) distance!: number | null;
  @Field(() => ID, { nullable: true }) statusId!: string | null;
  @Field(() => ID, { nullable: true }) walklistId!: string | null;
  @Field(() => ID, { nullable: true }) turfId!: string | null;
}
