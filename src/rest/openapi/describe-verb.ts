/** Every verb with its description: a verb that is missing here does not compile. */
import type { RestVerb } from '../route-table.ts';
import type { DescribeRoute } from './operation.ts';
import { describeCreate } from './operations/create-operation.ts';
import { describeGet } from './operations/get-operation.ts';
import { describeList } from './operations/list-operation.ts';
import { describeCreateMany, describePatchMany, describePutMany } from './operations/many-operations.ts';
import { describePatch } from './operations/patch-operation.ts';
import { describePut } from './operations/put-operation.ts';
import { describeRemove } from './operations/remove-operation.ts';

export const describeVerb: Readonly<Record<RestVerb, DescribeRoute>> = {
  list: describeList,
  get: describeGet,
  create: describeCreate,
  patch: describePatch,
  remove: describeRemove,
  put: describePut,
  createMany: describeCreateMany,
  patchMany: describePatchMany,
  putMany: describePutMany,
};
