/** From a measure's arguments to the measure. */
import type { GraphQLSchema } from 'graphql';
import { parsePointer, type Pointer } from '../../filter/pointer.ts';
import type { Filter } from '../../filter/tree.ts';
import { describeUnknown } from '../../filter/unknown-attribute.ts';
import { findTextFault } from '../../json-limits.ts';
import type { Attribute, Model, Resource } from '../../model.ts';
import { invalidInput, type Problem } from '../../problem.ts';
import { findReference } from '../../read/far-term.ts';
import { dimensionsOf, momentsOf, numbersOf } from '../../read/stats-dimensions.ts';
import type { Measure, AskedMeasure } from '../../read/stats-selection.ts';
import { makeFindAttribute } from '../../read/term.ts';
import { makeFilter } from './make-filter.ts';

interface MeasureArguments {
  readonly of?: string | null;
  readonly pointer?: string | null;
  readonly at?: number;
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly where?: string | Filter | null;
}

export interface Measurable {
  readonly resource: Resource;
  readonly model: Model;
}

export function makeMeasure(
  kind: AskedMeasure,
  given: MeasureArguments,
  { resource, model }: Measurable,
  schema: GraphQLSchema,
): Measure {
  const { filter = null, where = null } = given;
  const some = filter === null && where === null ? null : makeFilter(resource, { filter, where }, schema);
  switch (kind) {
    case 'count':
    case 'share':
      return { kind, filter: some };
    case 'countDistinct':
      return { kind, of: dimensionsOf(resource).get(given.of!)!, filter: some };
    case 'earliest':
    case 'latest':
      return { kind, of: momentsOf(resource).get(given.of!)! };
    case 'percentile': {
      const at = given.at!;
      if (at < 0 || at > 1) throw refuse('at', `expected a number from 0 to 1, found ${at}`);
      return { kind, at, of: checkNumber(kind, given, resource, model) };
    }
    default:
      return { kind, of: checkNumber(kind, given, resource, model) };
  }
}

function checkNumber(
  kind: AskedMeasure,
  given: MeasureArguments,
  resource: Resource,
  model: Model,
): Attribute | Pointer {
  const { of = null, pointer = null } = given;
  if ((of === null) === (pointer === null)) {
    throw refuse('of', `${kind} takes one of the two, of or pointer`);
  }
  return of === null ? checkPlace(pointer!, 'pointer', resource, model) : numbersOf(resource).get(of)!;
}

/** A pointer to an attribute, to a place in a document, or to either in a row that this one refers to. */
export function checkPlace(text: string, argument: string, resource: Resource, model: Model): Pointer {
  const pointer = parsePointer(text);
  if (pointer === null || pointer.some((part) => findTextFault(part) !== null)) {
    throw refuse(
      argument,
      `expected a JSON Pointer such as /data/fields/party, found ${JSON.stringify(text.slice(0, 64))}`,
    );
  }
  const own = makeFindAttribute(resource);
  const reference = findReference(resource, pointer);
  const found = reference === null ? own(pointer) : makeFindAttribute(model.get(reference.target))(pointer.slice(2));
  if (found === null) throw refuse(argument, describeUnknown(pointer, own).replace(/\.$/, ''));
  if (found.type === 'group') throw refuse(argument, `expected an attribute that holds one value, found ${text}`);
  return pointer;
}

export function refuse(argument: string, message: string): Problem {
  return invalidInput([{ pointer: `/${argument}`, message }]);
}
