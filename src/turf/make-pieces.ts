/**
 * Doors as the turfs and walklists that they become. Doors of each security group are cut apart, and what is made of them
 * belongs to that group, so that whoever walks a piece may see all of it. So are doors on both sides of the antimeridian,
 * across which no GeoJSON polygon reaches.
 */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { v7 as makeId } from 'uuid';
import { boundaryOf } from '../geometry/boundary.ts';
import { divide } from '../geometry/divide.ts';
import { makeProjection } from '../geometry/projection.ts';
import { findWalk } from '../geometry/walking-order.ts';
import type { JsonObject } from '../json.ts';
import type { Create } from '../write/change.ts';
import { type CutRequest, usualDoors } from './cut-request.ts';
import type { KnownDoor } from './find-doors.ts';

export type PlacedDoor = KnownDoor & { readonly coords: NonNullable<KnownDoor['coords']> };

export interface Piece {
  readonly name: string;
  readonly metres: number;
  readonly turf: Create & { readonly id: string };
  readonly walklist: Create & { readonly id: string };
  readonly doors: number;
  readonly isTurfNew: boolean;
}

export async function makePieces(
  doors: readonly PlacedDoor[],
  campaignId: string,
  request: CutRequest,
): Promise<readonly Piece[]> {
  const { doors: most, namePrefix, turfId = null } = request;
  const groups = parted(doors).flatMap((part) => {
    const { toSpot } = makeProjection(part.map(({ coords }) => coords));
    const spots = part.map(({ coords }) => toSpot(coords));
    return divide(spots, most ?? usualDoors).map((indexes) => indexes.map((index) => part[index]!));
  });
  const digits = String(groups.length).length;
  const pieces: Piece[] = [];
  for (const [index, group] of groups.entries()) {
    // A walk takes milliseconds, and there may be a thousand of them.
    await letOthersRun();
    const walk = findWalk(group.map(({ coords, ...door }) => ({ ...door, ...coords })));
    const stops = walk.order.map((place) => group[place]!);
    const name = `${namePrefix ?? 'Turf'} ${String(index + 1).padStart(digits, '0')}`;
    const [first] = stops;
    const from = [first!.number, first!.street].filter((part) => part !== null && part !== '').join(' ');
    const { securityGroupId } = first!;
    const turf = makeCreate(securityGroupId, {
      ...{ name, campaignId, boundary: boundaryOf(group.map(({ coords }) => coords)) as unknown as JsonObject },
    });
    const walklist = makeCreate(securityGroupId, {
      ...{ name: (from === '' ? name : `${name}, from ${from}`).slice(0, 256), campaignId, turfId: turfId ?? turf.id },
      stops: stops.map(({ householdId, contactHouseholdIds }) => ({ householdId, contactHouseholdIds })),
    });
    pieces.push({ name, metres: walk.metres, turf, walklist, doors: stops.length, isTurfNew: turfId === null });
  }
  return pieces;
}

function makeCreate(securityGroupId: string, data: JsonObject): Create & { readonly id: string } {
  return { kind: 'create', id: makeId(), securityGroupId, data, params: {} };
}

/** By security group, and by side of the antimeridian where the doors of one lie round it. */
function parted(doors: readonly PlacedDoor[]): readonly (readonly PlacedDoor[])[] {
  const groups = [...new Set(doors.map(({ securityGroupId }) => securityGroupId))];
  return groups.flatMap((id) => {
    const group = doors.filter(({ securityGroupId }) => securityGroupId === id);
    const east = group.filter(({ coords }) => coords.lng >= 0);
    const west = group.filter(({ coords }) => coords.lng < 0);
    const reach =
      Math.max(...group.map(({ coords }) => coords.lng)) - Math.min(...group.map(({ coords }) => coords.lng));
    return reach > 180 && east.length > 0 && west.length > 0 ? [east, west] : [group];
  });
}
