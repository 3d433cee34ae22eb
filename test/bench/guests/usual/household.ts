/** A household as the usual stack declares it. */
import { Field, ID, ObjectType } from 'type-graphql';
import { Envelope } from './envelope.ts';

@ObjectType()
export class Household extends Envelope {
  @Field(() => String, { nullable: true }) unitNum!: string | null;
  @Field(() => ID) addressId!: string;
}
