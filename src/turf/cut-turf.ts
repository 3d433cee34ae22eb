/**
 * Cutting turf: the doors of a campaign's lists divided into pieces that one person can walk, each a turf with a walklist
 * in walking order. All of it is written in one transaction, or nothing.
 */
import { writableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import { and, compare } from '../filter/tree.ts';
import type { Polygon } from '../geometry/boundary.ts';
import { checkPolygon, inside } from '../geometry/polygon.ts';
import type { JsonObject } from '../json.ts';
import type { Model, Resource } from '../model.ts';
import { invalidInput } from '../problem.ts';
import { wholeData, wholeEnvelope } from '../read/envelope.ts';
import type { Reader } from '../read/reader.ts';
import type { StopSignal } from '../stop.ts';
import { isUuid } from '../uuid.ts';
import type { Create } from '../write/change.ts';
import { forbidden, notFound } from '../write/problems.ts';
import type { Writer } from '../write/writer.ts';
import { checkCutRequest, type CutRequest, mostDoors } from './cut-request.ts';
import { findDoors, type KnownDoor } from './find-doors.ts';
import { makePieces, type Piece, type PlacedDoor } from './make-pieces.ts';

export interface CutPiece {
  readonly turfId: string;
  readonly walklistId: string;
  readonly name: string;
  readonly doors: number;
  /** Of the whole round, estimated. */
  readonly metres: number;
  /** The walklist as REST spells it. */
  readonly text: string;
}

export interface Cut {
  readonly pieces: readonly CutPiece[];
  /** Doors that were left out because nobody knows where they are. */
  readonly withoutCoords: number;
  /** Doors that were left out because they are on a walklist already. */
  readonly taken: number;
}

export interface TurfCutter {
  /**
   * Throws a Problem: NOT_FOUND, FORBIDDEN, INVALID_INPUT with pointers into the request; or what the writer refuses of a
   * turf or walklist, with pointers into that.
   */
  cut(
    viewer: Viewer,
    campaignId: string,
    request: CutRequest,
    asking: { readonly requestId: string; readonly signal?: StopSignal },
  ): Promise<Cut>;
}

interface Parts {
  readonly model: Model;
  readonly reader: Reader;
  readonly writer: Writer;
}

export function makeTurfCutter(parts: Parts): TurfCutter {
  /** What is cut of each campaign at the moment: whoever cuts it again has to see which doors are taken then. */
  const underWay = new Map<string, Promise<unknown>>();
  const cut: TurfCutter['cut'] = async (viewer, campaignId, request, { requestId, signal }) => {
    const faults = checkCutRequest(request);
    if (faults.length > 0) throw invalidInput(faults);
    checkRights(parts, viewer, request);
    const campaign = await getRow(parts, viewer, 'campaign', campaignId.toLowerCase());
    const boundary = await findBoundary(parts, viewer, request);
    const lists = chooseLists(campaign, request.listIds ?? null);
    const question = { campaignId: campaign.id, ...lists, states: request.states ?? null };
    const all = await findDoors(parts, viewer, question, signal);
    const taken = request.includeTaken === true ? null : await findTaken(parts, viewer, campaign.id);
    const free = all.filter(({ householdId }) => taken?.has(householdId) !== true);
    const placed = free.filter(isPlaced);
    const wanted = boundary === null ? placed : inside(boundary, placed);
    const doors = limit(wanted, request.maximumDoors ?? null);
    const left = { withoutCoords: free.length - placed.length, taken: all.length - free.length };
    if (doors.length === 0) throw nothingToCut(all.length, left);
    const pieces = await makePieces(doors, campaign.id, request);
    signal?.throwIfAborted();
    return { pieces: await write(parts, viewer, pieces, requestId), ...left };
  };
  return {
    async cut(viewer, campaignId, request, asking) {
      const key = `${viewer.customerId} ${campaignId.toLowerCase()}`;
      const before = underWay.get(key) ?? Promise.resolve();
      const cutting = before.then(() => cut(viewer, campaignId, request, asking));
      const ended = cutting.catch(() => undefined);
      underWay.set(key, ended);
      try {
        return await cutting;
      } finally {
        if (underWay.get(key) === ended) underWay.delete(key);
      }
    },
  };
}

/** The writer asks again, group by group; but whoever may write nowhere should not have anything worked out. */
function checkRights({ model }: Parts, viewer: Viewer, { turfId = null }: CutRequest): void {
  for (const name of turfId === null ? ['turf', 'walklist'] : ['walklist']) {
    const resource = model.get(name);
    const groups = writableGroups(viewer, 'insert', resource);
    if (groups !== 'all' && groups.size === 0) throw forbidden('insert', resource, 'in some organization');
  }
}

interface FoundRow {
  readonly id: string;
  readonly data: JsonObject;
}

async function getRow({ model, reader }: Parts, viewer: Viewer, name: string, id: string): Promise<FoundRow> {
  const resource = model.get(name);
  const question = { resource, members: wholeData(resource), spelling: 'rest', deleted: 'exclude' } as const;
  const row = isUuid(id) ? (await reader.readRows(viewer, question, [id])).get(id) : undefined;
  if (row === undefined) throw notFound(resource, id);
  return { id, data: JSON.parse(row.text) as JsonObject };
}

async function findBoundary(parts: Parts, viewer: Viewer, request: CutRequest): Promise<Polygon | null> {
  const turfId = request.turfId ?? null;
  if (turfId === null) return request.boundary ?? null;
  const { data } = await getRow(parts, viewer, 'turf', turfId.toLowerCase());
  const boundary = data['boundary'] as unknown as Polygon;
  const [fault] = checkPolygon(boundary);
  if (fault === undefined) return boundary;
  throw invalidInput([
    { pointer: '/turfId', message: `must be of a turf whose boundary is sound; this one ${fault.message}` },
  ]);
}

interface ChosenLists {
  readonly listIds: readonly string[];
  readonly spared: readonly string[];
}

function chooseLists({ data }: FoundRow, wished: readonly string[] | null): ChosenLists {
  const lists = (data['lists'] ?? []) as unknown as readonly { readonly listId: string; readonly type?: string }[];
  const isSpared = ({ type }: { readonly type?: string }): boolean => type === 'do-not-knock';
  const spared = lists.filter(isSpared).map(({ listId }) => listId);
  const known = lists.filter((list) => !isSpared(list)).map(({ listId }) => listId);
  if (wished === null) {
    if (known.length > 0) return { listIds: known, spared };
    throw invalidInput([{ pointer: '/listIds', message: 'the campaign has no list whose doors are knocked on' }]);
  }
  const listIds = wished.map((id) => id.toLowerCase());
  const faults = listIds.flatMap((id, index) =>
    known.includes(id)
      ? []
      : [{ pointer: `/listIds/${index}`, message: 'must be a list of the campaign whose doors are knocked on' }],
  );
  if (faults.length > 0) throw invalidInput(faults);
  return { listIds, spared };
}

/** The households on walklists of the campaign that somebody walks, or will. */
async function findTaken({ model, reader }: Parts, viewer: Viewer, campaignId: string): Promise<ReadonlySet<string>> {
  const resource = model.get('walklist');
  const filter = and(
    compare(['data', 'campaignId'], 'eq', campaignId),
    compare(['data', 'status'], 'in', ['open', 'checked-out']),
  );
  const page = { skip: 0, limit: mostDoors, after: null };
  const list = { resource, filter, sort: [], page, deleted: 'exclude', members: [] } as const;
  const members = wholeData(resource).filter(({ key }) => key === 'stops');
  const { rows } = await reader.readPage(viewer, { list, members });
  const walks = JSON.parse(`[${rows.toString()}]`) as readonly {
    readonly stops: readonly { readonly householdId: string }[];
  }[];
  return new Set(walks.flatMap(({ stops }) => stops.map(({ householdId }) => householdId)));
}

function isPlaced(door: KnownDoor): door is PlacedDoor {
  return door.coords !== null;
}

function limit(doors: readonly PlacedDoor[], most: number | null): readonly PlacedDoor[] {
  if (most !== null && doors.length > most) {
    return [...doors].sort((one, other) => one.coords.lat - other.coords.lat).slice(0, most);
  }
  if (doors.length <= mostDoors) return doors;
  const message = `would be of ${doors.length} doors, and ${mostDoors} can be cut at once: give a boundary or lists`;
  throw invalidInput([{ pointer: '/maximumDoors', message }]);
}

function nothingToCut(all: number, { withoutCoords, taken }: Pick<Cut, 'withoutCoords' | 'taken'>): Error {
  const found = `of ${all} doors that may be knocked on, ${taken} are on walklists and ${withoutCoords} have no coordinates`;
  return invalidInput([{ pointer: '', message: `there is no door to cut: ${found}` }]);
}

async function write(
  { model, writer }: Parts,
  viewer: Viewer,
  pieces: readonly Piece[],
  requestId: string,
): Promise<readonly CutPiece[]> {
  const part = (resource: Resource, changes: readonly Create[], members = wholeEnvelope(resource)) => {
    return { resource, changes, members };
  };
  const turfs = pieces.flatMap(({ turf, isTurfNew }) => (isTurfNew ? [turf] : []));
  const parts = [
    ...(turfs.length > 0 ? [part(model.get('turf'), turfs, [])] : []),
    part(
      model.get('walklist'),
      pieces.map(({ walklist }) => walklist),
    ),
  ];
  const written = await writer.writeTogether(viewer, parts, { spelling: 'rest', requestId });
  const rows = written.at(-1)!;
  return pieces.map(({ name, metres, doors, walklist }, index) => {
    const turfId = String(walklist.data['turfId']);
    return { turfId, walklistId: walklist.id, name, doors, metres, text: rows[index]!.text };
  });
}
