/**
 * What a field of the schema stands for. makeGraphqlSchema hangs it on every field that it makes, and whoever reads a
 * selection or an input asks the field; so nothing behind the schema knows a resource by name.
 */
import type { Comparison } from '../fields/field.ts';
import type { Pointer } from '../filter/pointer.ts';
import type { Attribute, Decision, Model, Relation, Resource, RowsAttribute } from '../model.ts';
import type { Collection, DocumentField } from '../read/collection.ts';
import type { HistoryOutput, PageInfoOutput } from '../read/selection.ts';
import type { Question } from '../read/stats-question.ts';
import type { AskedMeasure } from '../read/stats-selection.ts';
import type { ReadyQuestion } from '../ready-question.ts';

export type DocumentPart =
  { readonly kind: 'id' | 'syncSeq' | 'isDeleted' } | { readonly kind: 'field'; readonly field: DocumentField };

export type Verb = 'create' | 'patch' | 'remove' | 'restore';

export type Meaning =
  /** Root fields. `list` runs over items and answers with verdicts. */
  | { readonly kind: 'find'; readonly resource: Resource }
  | { readonly kind: 'page'; readonly resource: Resource }
  | { readonly kind: 'stats'; readonly resource: Resource; readonly model: Model }
  | { readonly kind: 'question'; readonly question: Question; readonly ready: ReadyQuestion }
  | { readonly kind: 'write'; readonly verb: Verb; readonly resource: Resource; readonly batch: boolean }
  /** What roots.ts has under this name. */
  | { readonly kind: 'answer'; readonly name: string }
  /** What a device keeps of a collection; and the parts of that. */
  | { readonly kind: 'pull' | 'stream'; readonly collection: Collection }
  | { readonly kind: 'documents' | 'checkpoint' }
  | { readonly kind: 'document'; readonly part: DocumentPart }
  | { readonly kind: 'checkpointPart'; readonly part: 'id' | 'syncSeq' }
  /** The row inside a verdict. */
  | { readonly kind: 'written'; readonly resource: Resource }
  /** Members of a row. */
  | { readonly kind: 'attribute'; readonly attribute: Attribute }
  /** `meta.resource`. */
  | { readonly kind: 'label' }
  /** A member of a type that several groups share: the attribute is the group's that has the field's name. */
  | { readonly kind: 'member' }
  | { readonly kind: 'object'; readonly group?: readonly Attribute[] }
  | { readonly kind: 'rows'; readonly rows: RowsAttribute }
  | { readonly kind: 'one'; readonly relation: Relation & { readonly kind: 'one' }; readonly target: Resource }
  | {
      readonly kind: 'many';
      readonly relation: Relation & { readonly kind: 'many' | 'through' };
      readonly target: Resource;
    }
  /** The row that rules give to this one; its one argument says which rules. */
  | { readonly kind: 'decided'; readonly decision: Decision; readonly target: Resource }
  /** What was changed of it, and the members of one entry. */
  | { readonly kind: 'history' }
  | { readonly kind: 'entry'; readonly of: Exclude<HistoryOutput['kind'], 'constant'> }
  /** Members of a connection. */
  | { readonly kind: 'nodes' | 'edges' | 'pageInfo' | 'totalCount' | 'cursor' | 'node' }
  | { readonly kind: Exclude<PageInfoOutput['kind'], 'constant'> }
  /** Members of what is told of groups, and of one group. */
  | { readonly kind: 'groups' | 'groupCount' | 'groupKey' }
  | { readonly kind: 'measure'; readonly measure: AskedMeasure };

/** What a member of a filter or sort input stands for. */
export type InputMeaning =
  | { readonly kind: 'every' | 'any' | 'not' }
  | { readonly kind: 'compare'; readonly pointer: Pointer; readonly comparison: Comparison }
  /** Members of a group, asked for below the group's name; their pointers begin with this one. */
  | { readonly kind: 'members'; readonly pointer: Pointer }
  | { readonly kind: 'related'; readonly relation: Relation; readonly target: Resource }
  | { readonly kind: 'sort'; readonly pointer: Pointer }
  | { readonly kind: 'sortBy' };

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    readonly means?: Meaning;
  }
  interface GraphQLInputFieldExtensions {
    readonly means?: InputMeaning;
  }
}
