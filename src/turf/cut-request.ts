/** What one may ask of cutting turf, and what is wrong with it. REST and GraphQL ask the same. */
import { checkPolygon } from '../geometry/polygon.ts';
import type { Polygon } from '../geometry/boundary.ts';
import { arrayOf } from '../fields/schema.ts';
import type { JsonObject } from '../json.ts';
import type { Fault } from '../problem.ts';

export interface CutRequest {
  /** Doors of a piece, at most. */
  readonly doors?: number | null;
  /** Lists of the campaign; all whose doors are knocked on when left out. */
  readonly listIds?: readonly string[] | null;
  /** Only doors with a contact in one of these states. */
  readonly states?: readonly string[] | null;
  /** Only doors inside. */
  readonly boundary?: Polygon | null;
  /** Only doors inside its boundary; the walklists are of this turf, and no other is made. */
  readonly turfId?: string | null;
  /** Doors in all, at most, beginning in the south. */
  readonly maximumDoors?: number | null;
  /** What the names begin with. */
  readonly namePrefix?: string | null;
  /** Also doors on a walklist of the campaign that is open or checked out. */
  readonly includeTaken?: boolean | null;
}

export const usualDoors = 60;
const mostDoorsOfPiece = 500;
/** Pieces are found while others wait for the processor. */
export const mostDoors = 10_000;

/** JSON Schema of the request. `states` are those of the resource. */
export function cutSchema(states: readonly string[]): JsonObject {
  const position = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 3 };
  const boundary = {
    type: 'object',
    properties: {
      type: { const: 'Polygon' },
      coordinates: { ...arrayOf({ ...arrayOf(position), maxItems: 10_000 }), minItems: 1 },
    },
    required: ['type', 'coordinates'],
    description: 'Only doors inside this GeoJSON polygon (RFC 7946).',
  };
  const id = { type: 'string', format: 'uuid' };
  const properties: JsonObject = {
    doors: number(usualDoors, mostDoorsOfPiece, 'Doors of a piece, at most; 60 when left out.'),
    listIds: {
      ...arrayOf({ ...id, 'x-reference': 'list' }, { minItems: 1 }),
      description: 'Lists of the campaign; all whose doors are knocked on when left out.',
    },
    states: {
      ...arrayOf({ type: 'string', enum: [...states] }, { minItems: 1 }),
      description: 'Only doors with a contact in one of these states.',
    },
    boundary,
    turfId: { ...id, 'x-reference': 'turf', description: 'Only doors inside this turf; no other is made.' },
    maximumDoors: number(1, mostDoors, 'Doors in all, at most, beginning in the south.'),
    namePrefix: { type: 'string', minLength: 1, maxLength: 128, description: 'What the names begin with.' },
    includeTaken: { type: 'boolean', description: 'Also doors on a walklist that is open or checked out.' },
  };
  return { type: 'object', properties, additionalProperties: false };
}

function number(example: number, maximum: number, description: string): JsonObject {
  return { type: 'integer', minimum: 1, maximum, description, examples: [example] };
}

/** What a schema cannot say, and what GraphQL's types leave open. */
export function checkCutRequest({ doors, maximumDoors, namePrefix, boundary, turfId }: CutRequest): readonly Fault[] {
  const faults: Fault[] = [];
  const checkNumber = (pointer: string, value: number | null | undefined, most: number): void => {
    if ((value ?? null) === null || (value! >= 1 && value! <= most)) return;
    faults.push({ pointer, message: `must be a whole number from 1 to ${most}` });
  };
  checkNumber('/doors', doors, mostDoorsOfPiece);
  checkNumber('/maximumDoors', maximumDoors, mostDoors);
  const length = namePrefix?.length ?? 1;
  if (length < 1 || length > 128) faults.push({ pointer: '/namePrefix', message: 'must have 1 to 128 characters' });
  if (boundary !== null && boundary !== undefined) {
    if ((turfId ?? null) !== null) faults.push({ pointer: '/boundary', message: 'must be left out beside turfId' });
    faults.push(...checkShape(boundary).map(({ pointer, message }) => ({ pointer: `/boundary${pointer}`, message })));
  }
  return faults;
}

function checkShape(given: unknown): readonly Fault[] {
  const { type, coordinates } = given as { readonly type?: unknown; readonly coordinates?: unknown };
  const isNumbers = (value: unknown): boolean =>
    Array.isArray(value) && value.length >= 2 && value.every((each) => typeof each === 'number' && isFinite(each));
  const isRing = (value: unknown): boolean => Array.isArray(value) && value.every(isNumbers);
  const isPolygon =
    type === 'Polygon' && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isRing);
  if (!isPolygon) return [{ pointer: '', message: 'must be a GeoJSON polygon: rings of longitudes and latitudes' }];
  return checkPolygon(given as Polygon);
}
