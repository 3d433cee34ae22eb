/**
 * A whole envelope with what a declaration says is shown beside it (`shows`). Reads show all of it. Answers to writes
 * leave out what has to be counted: that would be done while the customer's other writers wait.
 */
import type { Filter } from '../filter/tree.ts';
import type { Model, Relation, Resource } from '../model.ts';
import { splitPointer } from '../json-pointer.ts';
import type { Shown } from '../resource.ts';
import { wholeData, wholeEnvelope } from './envelope.ts';
import type { Output } from './selection.ts';

export function readEnvelope(resource: Resource, model: Model): readonly Output[] {
  return envelopeWith(resource, model, () => true);
}

export function writtenEnvelope(resource: Resource, model: Model): readonly Output[] {
  return envelopeWith(resource, model, ({ kind }) => kind !== 'count');
}

/** The envelope of a row whose data are the rows that it refers to. */
export function referencesEnvelope(resource: Resource, model: Model): readonly Output[] {
  const members = (resource.declaration.link ?? []).map((attribute): Output => {
    const relation = relationOf(resource, attribute);
    return { kind: 'one', key: relation.name, relation, members: readEnvelope(model.get(relation.target), model) };
  });
  return wholeEnvelope(resource).map((member) =>
    member.key === 'data' ? { kind: 'object', key: 'data', members } : member,
  );
}

/** `params` of a row that is listed below another one: the id of the link between the two, which `filter` finds. */
export function linkParams(through: Resource, relation: Relation & { kind: 'many' }, filter: Filter): Output {
  return { kind: 'object', key: 'params', members: [{ kind: 'found', key: `${through.name}Id`, relation, filter }] };
}

function envelopeWith(resource: Resource, model: Model, isWanted: (shown: Shown) => boolean): readonly Output[] {
  const shows = Object.entries(resource.declaration.shows ?? {}).filter(([, shown]) => isWanted(shown));
  const at = (depth: number): readonly Output[] =>
    shows.flatMap(([pointer, shown]) => {
      const path = splitPointer(pointer);
      return path.length === depth ? [shownOutput(path.at(-1)!, shown, resource, model)] : [];
    });
  const envelope = wholeEnvelope(resource).map((member): Output =>
    member.kind === 'object' && member.key === 'data' ? { ...member, members: [...member.members, ...at(2)] } : member,
  );
  return [...envelope, ...at(1)];
}

function shownOutput(key: string, shown: Shown, resource: Resource, model: Model): Output {
  if (shown.kind === 'count') return { kind: 'count', key, along: follow(shown.along, resource, model) };
  const relation = relationOf(resource, shown.reference);
  const target = model.get(relation.target);
  const data = wholeData(target);
  if (shown.as === 'data') return { kind: 'one', key, relation, members: data };
  const id = wholeEnvelope(target).find((member) => member.key === 'id')!;
  return { kind: 'one', key, relation, members: [id, { kind: 'object', key: 'data', members: data }] };
}

function follow(names: readonly string[], start: Resource, model: Model): readonly Relation[] {
  let resource = start;
  return names.map((name) => {
    const relation = resource.relations.get(name);
    if (relation === undefined) throw new Error(`${resource.name} has no relation ${name}`);
    resource = model.get(relation.target);
    return relation;
  });
}

function relationOf(resource: Resource, attribute: string): Relation & { kind: 'one' } {
  const found = [...resource.relations.values()].find(
    (relation): relation is Relation & { kind: 'one' } =>
      relation.kind === 'one' && relation.attribute.path[1] === attribute,
  );
  if (found === undefined) throw new Error(`${resource.name} has no reference ${attribute}`);
  return found;
}
