/**
 * Examples from the declarations, complete enough to be sent. Their ids are made from names, so that the same row has
 * the same id wherever it is shown and the document is the same on every machine.
 */
import { v5 as nameId } from 'uuid';
import type { Field } from '../../fields/field.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import { splitPointer } from '../../json-pointer.ts';
import type { Shown } from '../../resource.ts';
import { referenceOf } from './reference-of.ts';

const namespace = '5d0a1c5e-2f0e-4f5b-9c57-0d0025e70000';
export const exampleEtag = '3f2a-6VnTqcOo4nqSx0ZkmcWvT1Xgf0Q';
const exampleTime = '2026-05-09T17:41:09.004Z';

export function exampleId(resource: string): string {
  return nameId(resource, namespace);
}

/** The attributes of a create. */
export function exampleAttributes({ declaration }: Resource): JsonObject {
  return Object.fromEntries(
    Object.entries(declaration.fields).flatMap(([name, field]): [string, Json][] => {
      const given = declaration.example[name];
      const value = declaration.required.includes(name) ? withReferences(field, given) : given;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Declarations leave their references open, because an example cannot know which rows there are. */
function withReferences(field: Field, given: Json | undefined): Json | undefined {
  if (field.storage === 'rows') return given;
  if (field.storage === 'column') return field.reference === undefined ? given : exampleId(field.reference.to);
  const ids = Object.entries(field.members).flatMap(([name, { reference }]): [string, Json][] =>
    reference !== undefined && field.required.includes(name) ? [[name, exampleId(reference.to)]] : [],
  );
  return { ...Object.fromEntries(ids), ...(given as JsonObject | undefined) };
}

/** A whole row as it is read. */
export function exampleEnvelope(resource: Resource, model: Model): JsonObject {
  const shows = Object.entries(resource.declaration.shows ?? {}).map(([pointer, shown]) => {
    const path = splitPointer(pointer);
    return { depth: path.length, name: path.at(-1)!, value: exampleBeside(shown, resource, model) };
  });
  const at = (wanted: number): JsonObject =>
    Object.fromEntries(shows.filter(({ depth }) => depth === wanted).map(({ name, value }) => [name, value]));
  return {
    id: exampleId(resource.name),
    customerId: exampleId('customer'),
    securityGroupId: exampleId('securityGroup'),
    data: { ...exampleData(resource), ...at(2) },
    meta: {
      resource: resource.label,
      etag: exampleEtag,
      created: exampleTime,
      createdBy: exampleId('user'),
      modified: exampleTime,
      modifiedBy: exampleId('user'),
      isDeleted: false,
    },
    ...at(1),
  };
}

function exampleBeside(shown: Shown, resource: Resource, model: Model): Json {
  if (shown.kind === 'count') return 214;
  const target = model.get(referenceOf(resource, shown.reference));
  return shown.as === 'data' ? exampleData(target) : { id: exampleId(target.name), data: exampleData(target) };
}

function exampleData(resource: Resource): JsonObject {
  return { ...exampleAttributes(resource), ...defaultsOf(resource) };
}

/** What a create leaves out and the server fills in. */
function defaultsOf({ declaration }: Resource): JsonObject {
  return Object.fromEntries(
    Object.entries(declaration.fields).flatMap(([name, field]): [string, Json][] => {
      if (declaration.example[name] !== undefined || field.storage === 'group') return [];
      return field.default === undefined ? [] : [[name, field.default]];
    }),
  );
}
