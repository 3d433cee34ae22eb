/** A contact as the usual stack declares it. */
import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Envelope } from './envelope.ts';

@ObjectType()
export class Contact extends Envelope {
  @Field(() => GraphQLJSON) profile!: unknown;
  @Field(() => String, { nullable: true }) notes!: string | null;
  @Field(() => GraphQLJSON) fields!: unknown;
  @Field(() => String, { nullable: true }) externalId!: string | null;
  @Field(() => ID, { nullable: true }) primaryHouseholdId!: string | null;
}
