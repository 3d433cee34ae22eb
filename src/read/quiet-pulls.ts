/**
 * Polls that find nothing, which is what most polls do. What the database was like when a page was empty is remembered,
 * and as long as it is the same the page is empty again. That is asked in two steps, the cheaper one first: whether any
 * transaction has ended anywhere, and whether anything has moved in the tables that the page follows from.
 *
 * Nothing depends on this memory: what it has forgotten is read.
 */
import { LRUCache } from 'lru-cache';
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Json } from '../json.ts';
import { type Given, Late } from '../late.ts';
import type { Resource } from '../model.ts';
import { groupSetId } from '../store/group-sets.ts';
import type { Collection } from './collection.ts';
import type { PullSelection } from './pull-selection.ts';
import type { Root } from './roots-sql.ts';

export interface QuietState {
  /** Which transactions were over: the same ones are over as long as it is the same text. */
  readonly seen: string;
  /** Of the tables that the page follows from: see pull-sql.ts. */
  readonly state: string;
}

export interface Poll {
  readonly pull: PullSelection;
  /** What the database was like when the page was empty; null when that is not known. */
  readonly known: QuietState | null;
  /** The answer while it is empty. */
  readonly emptyText: string;
  remember(state: QuietState | null): void;
}

export interface QuietPulls {
  /** Null for anything but one pull behind a checkpoint. */
  find(viewer: Viewer, roots: readonly Root[], given: Given): Poll | null;
}

const kept = 20_000;

export function makeQuietPulls(): QuietPulls {
  const states = new LRUCache<string, QuietState>({ max: kept });
  const scopes = new WeakMap<Viewer, Map<Collection, string>>();
  const scopeOf = (viewer: Viewer, collection: Collection): string => {
    const known = scopes.get(viewer) ?? new Map<Collection, string>();
    scopes.set(viewer, known);
    const scope = known.get(collection) ?? printScope(viewer, collection);
    known.set(collection, scope);
    return scope;
  };
  return {
    find(viewer, roots, given) {
      const [root] = roots;
      if (root?.kind !== 'pull' || roots.length > 1 || root.pull.checkpoint === null) return null;
      const { collection, checkpoint } = root.pull;
      const [id, syncSeq] = [valueOf(checkpoint.id, given), valueOf(checkpoint.syncSeq, given)];
      const { customerId, userId } = viewer;
      const key = `${customerId} ${userId} ${collection.name} ${id} ${syncSeq} ${scopeOf(viewer, collection)}`;
      return {
        pull: root.pull,
        known: states.get(key) ?? null,
        emptyText: `{${JSON.stringify(root.key)}:${printEmpty(root.pull, { id, syncSeq })}}`,
        remember: (state) => void (state === null ? states.delete(key) : states.set(key, state)),
      };
    },
  };
}

/** Which rows somebody sees follows from the groups, and a caller may be known here by those of a moment ago. */
function printScope(viewer: Viewer, { steps, rows, fields }: Collection): string {
  const far = fields.flatMap(({ source }) => (source.kind === 'far' || source.kind === 'linked' ? source.target : []));
  const resources = new Set<Resource | null>([...steps.map(({ resource }) => resource), rows.resource, ...far]);
  return [...resources]
    .flatMap((resource) => (resource === null ? [] : readableGroups(viewer, resource)))
    .map((groups) => (groups === 'all' ? groups : groupSetId(groups)))
    .join();
}

function valueOf(value: Json | Late, given: Given): string {
  return String(value instanceof Late ? value.of(given) : value);
}

function printEmpty({ members }: PullSelection, given: { readonly id: string; readonly syncSeq: string }): string {
  const printed = members.map((member) => {
    const key = JSON.stringify(member.key);
    if (member.kind === 'constant') return `${key}:${member.json}`;
    if (member.kind === 'documents') return `${key}:[]`;
    const parts = member.members.map(
      (part) =>
        `${JSON.stringify(part.key)}:${part.kind === 'constant' ? part.json : JSON.stringify(given[part.kind])}`,
    );
    return `${key}:{${parts.join()}}`;
  });
  return `{${printed.join()}}`;
}
