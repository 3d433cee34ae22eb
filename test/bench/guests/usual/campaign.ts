/** A campaign as the usual stack declares it. */
import { Field, ObjectType } from 'type-graphql';
import { Envelope } from './envelope.ts';

@ObjectType()
export class Campaign extends Envelope {
  @Field(() => String) name!: string;
  @Field(() => String) status!: string;
}
