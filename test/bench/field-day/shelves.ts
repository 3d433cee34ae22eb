/** What a phone keeps: documents of a few collections, each with how far it has pulled. */
import { Refused, type Talk } from './talk.ts';

export interface Document {
  readonly [member: string]: string | number | boolean | null;
  readonly id: string;
  readonly isDeleted: boolean;
}

interface Bulk {
  readonly documents: readonly Document[];
  readonly checkpoint: { readonly id: string; readonly syncSeq: string };
}

const members = {
  walklist: 'campaignId userId status',
  walklistItem: 'walklistId position householdId contactHouseholdIds progress remark',
  household: 'streetName',
  contact: 'surname households',
  interaction: 'walklistId contactId',
  syncRejection: 'documentId code',
} as const;

export type ShelfName = keyof typeof members;
const names = Object.keys(members) as readonly ShelfName[];
const page = 300;

export interface Shelves {
  of(name: ShelfName): Map<string, Document>;
  /** Everything that is new, of each collection. */
  pull(): Promise<void>;
  /** How often the server said to begin anew. */
  readonly resets: () => number;
}

export const stopMembers = `id syncSeq isDeleted ${members.walklistItem}`;

export function makeShelves(talk: Talk, token: string): Shelves {
  const shelves = new Map(names.map((name) => [name, new Map<string, Document>()]));
  const checkpoints = new Map<ShelfName, Bulk['checkpoint']>();
  let resets = 0;
  const pullOne = async (name: ShelfName): Promise<void> => {
    const typeName = name.charAt(0).toUpperCase() + name.slice(1);
    const query = `query Pull${typeName}($checkpoint: ${typeName}InputCheckpoint, $limit: Int!) {
      pull${typeName}(checkpoint: $checkpoint, limit: $limit) {
        documents { id syncSeq isDeleted ${members[name]} } checkpoint { id syncSeq } } }`;
    for (;;) {
      const variables = { checkpoint: checkpoints.get(name) ?? null, limit: page };
      const data = await talk.ask<Record<string, Bulk>>(token, query, variables);
      const { documents, checkpoint } = data[`pull${typeName}`]!;
      for (const document of documents) {
        if (document.isDeleted) shelves.get(name)!.delete(document.id);
        else shelves.get(name)!.set(document.id, document);
      }
      checkpoints.set(name, checkpoint);
      if (documents.length < page) return;
    }
  };
  return {
    of: (name) => shelves.get(name)!,
    resets: () => resets,
    async pull() {
      for (const name of names) {
        try {
          await pullOne(name);
        } catch (error) {
          if (!(error instanceof Refused) || !error.code.startsWith('SYNC_CHECKPOINT_EXPIRED')) throw error;
          resets += 1;
          checkpoints.delete(name);
          shelves.get(name)!.clear();
          await pullOne(name);
        }
      }
    },
  };
}
