/** A device as the stock client drives it: it pulls page after page, and keeps what it was told. */
import { pullQueryOf } from './pull-query.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { PersonName, World } from '../../world.ts';
import { makeAsk } from '../graphql/ask.ts';

export interface Document extends JsonObject {
  readonly id: string;
  readonly syncSeq: string;
  readonly isDeleted: boolean;
}

export interface Bulk {
  readonly documents: readonly Document[];
  readonly checkpoint: { readonly id: string; readonly syncSeq: string };
}

export interface Device {
  /** What it has, by id. */
  readonly kept: Map<string, Document>;
  /** Drops everything and begins anew. */
  forget(): void;
  /** One page. */
  pull(limit?: number): Promise<Bulk>;
  /** Pages until one is not full; every document that came. */
  catchUp(limit?: number): Promise<readonly Document[]>;
}

export function makeDevice(world: World, person: PersonName, collection: string): Device {
  const ask = makeAsk(world);
  const name = collection.charAt(0).toUpperCase() + collection.slice(1);
  const query = pullQueryOf(world.model, collection);
  let checkpoint: Bulk['checkpoint'] | null = null;
  const device: Device = {
    kept: new Map(),
    forget() {
      checkpoint = null;
      device.kept.clear();
    },
    async pull(limit = 100) {
      const { data, errors } = await ask(person, query, { checkpoint, limit });
      if (errors !== undefined) throw new Error(errors[0]!.extensions.code);
      const bulk = (data as Record<string, unknown>)[`pull${name}`] as Bulk;
      for (const document of bulk.documents) {
        if (document.isDeleted) device.kept.delete(document.id);
        else device.kept.set(document.id, document);
      }
      checkpoint = bulk.checkpoint;
      return bulk;
    },
    async catchUp(limit = 100) {
      const all: Document[] = [];
      for (;;) {
        const { documents } = await device.pull(limit);
        all.push(...documents);
        if (documents.length < limit) return all;
      }
    },
  };
  return device;
}
