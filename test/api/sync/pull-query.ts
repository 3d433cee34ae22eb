/** The operation that RxDB's stock query builder writes for a collection, whatever fields it has. */
import type { Model } from '../../../src/model.ts';
import { makeCollections } from '../../../src/sync/collections/index.ts';

export function pullQueryOf(model: Model, collection: string): string {
  const { typeName, fields } = makeCollections(model).find(({ name }) => name === collection)!;
  const asked = ['id', 'syncSeq', 'isDeleted', ...fields.map(({ name }) => name)];
  return `query Pull${typeName}($checkpoint: ${typeName}InputCheckpoint, $limit: Int!) {
    pull${typeName}(checkpoint: $checkpoint, limit: $limit) {
      documents {
        ${asked.join('\n        ')}
      }
      checkpoint {
        id
        syncSeq
      }
    }
  }`;
}
