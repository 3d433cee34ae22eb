/** The body of a bulk route: `{ "data": [items] }`, of which there are 1 to 1,000. */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { printPointer } from '../json-pointer.ts';
import { invalidInput } from '../problem.ts';

export const mostItems = 1_000;

export function parseItems(body: unknown): readonly JsonObject[] {
  const root = body as Json | undefined;
  if (!isJsonObject(root)) throw invalidInput([{ pointer: '', message: 'must be an object with the items in data' }]);
  const others = Object.keys(root).filter((key) => key !== 'data' && key !== 'meta');
  if (others.length > 0) {
    throw invalidInput(others.map((key) => ({ pointer: printPointer([key]), message: 'is not known beside data' })));
  }
  const { data } = root;
  if (!Array.isArray(data) || data.length === 0 || data.length > mostItems) {
    const found = Array.isArray(data) ? `${data.length}` : data === undefined ? 'nothing' : 'something else';
    const message = `must be an array of 1 to ${mostItems.toLocaleString('en')} items, not ${found}`;
    throw invalidInput([{ pointer: '/data', message }]);
  }
  const faults = data.flatMap((item: Json, index) =>
    isJsonObject(item) ? [] : [{ pointer: itemPointer(index), message: 'must be an object' }],
  );
  if (faults.length > 0) throw invalidInput(faults);
  return data as readonly JsonObject[];
}

/** Where an item, or a place in it, stands in the body. */
export function itemPointer(index: number, pointer = ''): string {
  return `/data/${index}${pointer}`;
}
