/** From the items of a `sort` argument to checked sort keys, in the order of the list. */
import { type GraphQLInputObjectType, type GraphQLSchema, isInputObjectType } from 'graphql';
import { parsePointer } from '../../filter/pointer.ts';
import { checkSort, type SortKey } from '../../filter/sort.ts';
import type { Resource } from '../../model.ts';
import { Problem } from '../../problem.ts';
import { makeFindAttribute } from '../../read/term.ts';

type Item = Readonly<Record<string, unknown>>;

export function makeSort(resource: Resource, items: readonly Item[], schema: GraphQLSchema): readonly SortKey[] {
  if (items.length === 0) return [];
  const type = schema.getType(`${resource.typeName}Sort`);
  if (!isInputObjectType(type)) throw new Error(`The schema has no ${resource.typeName}Sort`);
  const keys = items.map((item, index) => readItem(type, item, index));
  return checkSort(keys, makeFindAttribute(resource));
}

function readItem(type: GraphQLInputObjectType, item: Item, index: number): SortKey {
  const names = Object.keys(item);
  const [name] = names;
  if (name === undefined || names.length > 1) {
    const found = name === undefined ? 'none' : `${names.length}: ${names.join(', ')}`;
    throw invalid(index, `expected exactly one attribute, found ${found}. Write several items to sort by several`);
  }
  const value = item[name];
  if (value === null) throw invalid(index, `expected an order for ${name}, ASC or DESC, found null`);
  const means = type.getFields()[name]?.extensions.means;
  if (means?.kind === 'sort') return { pointer: means.pointer, order: value as SortKey['order'] };
  const by = value as { readonly pointer: string; readonly order?: SortKey['order'] | null };
  const pointer = parsePointer(by.pointer);
  if (pointer === null) {
    throw invalid(index, `expected a JSON Pointer such as /data/profile/age, found ${JSON.stringify(by.pointer)}`);
  }
  return { pointer, order: by.order ?? 'ASC' };
}

function invalid(index: number, message: string): Problem {
  return new Problem('INVALID_SORT', `Item ${index} of sort: ${message}.`);
}
