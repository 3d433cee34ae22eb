/**
 * Many links at once, made or changed. What an item links stands in its `data` or in its `params`, where the address
 * does not say it already; whatever else is in `data` is said of the link.
 */
import type { JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { type Fault, invalidInput, type Problem } from '../problem.ts';
import type { Place } from '../write/places.ts';
import { itemPointer, parseItems } from './bulk-items.ts';
import { checkCustomer } from './check-customer.ts';
import { type CreateBody, parseCreateBody, withIdFaults } from './create-body.ts';
import { makeFindOwners } from './find-owners.ts';
import type { PathIds } from './path-ids.ts';
import { parseAddress, type PathParameter } from './path-parameters.ts';
import { placeOf } from './place-of.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { isUuid } from '../uuid.ts';
import type { RestRoute } from './route-table.ts';
import { type Item, makeWriteMany } from './write-many.ts';

export function makePutMany(route: RestRoute, parts: RestParts): Handle {
  const { resource } = route;
  const { row, bulk } = resource.declaration.addresses!;
  const { parameters } = parseAddress(row!, resource, parts.model);
  const writeMany = makeWriteMany(resource, parts);
  const findOwners = makeFindOwners(route, parts);
  return async (request, reply) => {
    const viewer = await parts.authenticate(request);
    const owners = await findOwners(viewer, request);
    const links = parseItems(request.body).map((item, index) => {
      const body = withIdFaults(parseCreateBody(item, resource));
      const pointer = itemPointer(index, '/customerId');
      checkCustomer(body.customerId, viewer.customerId, [{ pointer, message: 'is not the customer that you act for' }]);
      return parseLink(body, parameters, owners);
    });
    const faults = [...links.flatMap(malformedOf), ...links.flatMap(missingOf), ...differing(links, bulk?.same)];
    if (faults.length > 0) throw invalidInput(faults);
    return writeMany(
      request,
      reply,
      links.map((link) => makeItem(link, parameters, resource)),
    );
  };
}

/** What an item links, end by end as far as it says, and what it leaves open. */
interface Link {
  readonly body: CreateBody;
  readonly place: Place;
  readonly missing: readonly string[];
  /** Places that would name an end, and hold no id. */
  readonly malformed: readonly string[];
  /** Where in the item each id stands. */
  readonly pointers: Readonly<Record<string, string>>;
}

function parseLink(body: CreateBody, parameters: readonly PathParameter[], owners: PathIds): Link {
  const ids: Record<string, string> = { ...owners };
  const pointers: Record<string, string> = {};
  const ends: Record<string, string> = {};
  const missing: string[] = [];
  for (const { name, lead } of parameters) {
    const end = lead[0]!.path[1]!;
    const [place, id] = find(body, name);
    if (ids[name] !== undefined) continue;
    pointers[name] = place;
    if (id !== null) ids[name] = id;
    else if (typeof body.data[end] === 'string') ends[end] = body.data[end];
    else missing.push(name);
  }
  const known = parameters.filter(({ name, lead }) => ids[name] !== undefined && ends[lead[0]!.path[1]!] === undefined);
  const isUsed = (name: string, place: string): boolean =>
    place === pointers[name] && known.some((parameter) => parameter.name === name);
  const malformed = parameters.flatMap(({ name }) => findMalformed(body, name, (place) => isUsed(name, place)));
  return { body, place: { ...placeOf(known, ids), ...ends }, missing, malformed, pointers };
}

/** The id of that name, in the data or else in the params, and where it stands or should stand. */
function find({ data, params, isWrapped }: CreateBody, name: string): readonly [pointer: string, id: string | null] {
  const inData = isWrapped ? `/data/${name}` : `/${name}`;
  if (typeof data[name] === 'string') return [inData, data[name]];
  if (typeof params[name] === 'string') return [`/params/${name}`, params[name]];
  return [params[name] === undefined ? inData : `/params/${name}`, null];
}

/** What names an end that is named in another way already would otherwise be passed over, whatever it is. */
function findMalformed(body: CreateBody, name: string, isUsed: (place: string) => boolean): readonly string[] {
  const places = [
    [body.isWrapped ? `/data/${name}` : `/${name}`, body.data[name] ?? null],
    [`/params/${name}`, body.params[name] ?? null],
  ] as const;
  return places.flatMap(([place, value]) => {
    if (value === null || (typeof value === 'string' && (isUsed(place) || isUuid(value)))) return [];
    return [place];
  });
}

function malformedOf({ malformed }: Link, index: number): readonly Fault[] {
  return malformed.map((place) => ({ pointer: itemPointer(index, place), message: 'must be a UUID' }));
}

function missingOf({ missing, malformed, pointers }: Link, index: number): readonly Fault[] {
  const places = missing.map((name) => pointers[name]!).filter((place) => !malformed.includes(place));
  const message = 'must be a UUID, here or in the params';
  return places.map((place) => ({ pointer: itemPointer(index, place), message }));
}

function differing(links: readonly Link[], end: string | undefined): readonly Fault[] {
  if (end === undefined) return [];
  const idOf = ({ place }: Link): string => String(place[end]).toLowerCase();
  const [first] = links;
  return links.flatMap((link, index) =>
    idOf(link) === idOf(first!) || link.missing.includes(end)
      ? []
      : [{ pointer: itemPointer(index, link.pointers[end]), message: 'must be the same in all items' }],
  );
}

function makeItem({ body, place, pointers }: Link, parameters: readonly PathParameter[], resource: Resource): Item {
  const { id, securityGroupId, faults } = body;
  const isSaid = (name: string): boolean =>
    resource.declaration.fields[name] !== undefined || parameters.every((parameter) => parameter.name !== name);
  const data: JsonObject = Object.fromEntries(Object.entries(body.data).filter(([name]) => isSaid(name)));
  return {
    change: { kind: 'put', isAddressed: false, id, securityGroupId, place, etags: null, data, faults },
    explain: (problem) => pointIntoLink(problem, body, pointers),
  };
}

/** Ends are pointed at where the item names them. */
function pointIntoLink(problem: Problem, body: CreateBody, pointers: Link['pointers']): Problem {
  const { errors } = problem.facts;
  if (problem.code !== 'INVALID_INPUT' || errors === undefined) return problem;
  const known = new Set(body.faults);
  return invalidInput(
    errors.map((fault) => {
      const place = pointers[fault.pointer.slice(1)];
      if (place !== undefined) return { ...fault, pointer: place };
      if (known.has(fault) || fault.pointer === '' || !body.isWrapped) return fault;
      return { ...fault, pointer: `/data${fault.pointer}` };
    }),
  );
}
