/** What every type of the usual stack begins with. */
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType()
export class Envelope {
  @Field(() => ID) id!: string;
  @Field(() => ID) customerId!: string;
  @Field(() => ID) securityGroupId!: string;
  @Field(() => String) etag!: string;
  @Field(() => Date) created!: Date;
  @Field(() => ID, { nullable: true }) createdBy!: string | null;
  @Field(() => Date) modified!: Date;
  @Field(() => ID, { nullable: true }) modifiedBy!: string | null;
  @Field(() => Boolean) isDeleted!: boolean;
}
