/**
 * What rows of a resource can be grouped by and measured by, as it follows from its declaration. A moment is grouped by
 * the hour, day, week or month that it lies in, never by itself: no two moments are the same.
 *
 * A newcomer's mistake would be to take `attribute` for the column of the table: it is the column of the group.
 */
import { date } from '../fields/date.ts';
import type { LeafField } from '../fields/field.ts';
import { timestamp } from '../fields/timestamp.ts';
import type { Attribute, Resource } from '../model.ts';
import { pascalCase } from '../names.ts';

/** Weeks begin on Monday (ISO 8601). */
export type Bucket = 'Hour' | 'Day' | 'Week' | 'Month';

export interface Dimension {
  readonly name: string;
  /** The column of the table. */
  readonly of: Attribute;
  readonly bucket: Bucket | null;
  /** The column of a group. */
  readonly attribute: Attribute;
}

const buckets: Readonly<Record<Bucket, (description: string) => LeafField>> = {
  Hour: (description) => timestamp(`The beginning of the hour. ${description}`),
  Day: (description) => date(`The day. ${description}`),
  Week: (description) => date(`The Monday of the week. ${description}`),
  Month: (description) => date(`The first day of the month. ${description}`),
};

/** Of the envelope, what tells rows apart in a way that somebody would count by; pointers reach the others. */
const grouped = ['securityGroupId', 'created', 'createdBy'];
const moments = ['created', 'modified'];

/** By the names that callers have for them. */
export function dimensionsOf(resource: Resource): ReadonlyMap<string, Dimension> {
  const dimensions = new Map<string, Dimension>();
  for (const [name, attribute] of named(resource, grouped, ({ comparison }) => comparison !== null)) {
    if (attribute.field.kind !== 'timestamp') {
      dimensions.set(name, { name, of: attribute, bucket: null, attribute });
      continue;
    }
    for (const bucket of Object.keys(buckets) as Bucket[]) {
      const field = buckets[bucket](attribute.field.description);
      const column = `${attribute.column}:${bucket}`;
      const whole = `${name}${bucket}`;
      dimensions.set(whole, {
        ...{ name: whole, of: attribute, bucket },
        attribute: { path: ['key', whole], column, field, required: attribute.required },
      });
    }
  }
  return dimensions;
}

/** The attributes that are numbers. */
export function numbersOf(resource: Resource): ReadonlyMap<string, Attribute> {
  return named(resource, [], ({ kind }) => kind === 'integer' || kind === 'decimal');
}

/** The attributes that are moments. */
export function momentsOf(resource: Resource): ReadonlyMap<string, Attribute> {
  return named(resource, moments, ({ kind }) => kind === 'timestamp');
}

/** The envelope has the first claim to a name, then the row's own attributes, then members of groups. */
function named(
  { envelope, attributes }: Resource,
  ofEnvelope: readonly string[],
  isWanted: (field: LeafField) => boolean,
): ReadonlyMap<string, Attribute> {
  const found = new Map<string, Attribute>();
  const claim = (attribute: Attribute): void => {
    if (!isWanted(attribute.field)) return;
    const { path } = attribute;
    const name = path.at(-1)!;
    if (!found.has(name)) found.set(name, attribute);
    else if (path.length > 2) found.set(`${path[1]}${pascalCase(name)}`, attribute);
  };
  envelope.filter(({ path }) => ofEnvelope.includes(path.at(-1)!)).forEach(claim);
  attributes.filter(({ path }) => path.length === 2).forEach(claim);
  attributes.filter(({ path }) => path.length > 2).forEach(claim);
  return found;
}
