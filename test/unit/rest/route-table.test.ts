import { describe, expect, it } from 'vitest';
import { reference } from '../../../src/fields/reference.ts';
import { text } from '../../../src/fields/text.ts';
import { makeModel } from '../../../src/model.ts';
import { type Declaration, defineResource } from '../../../src/resource.ts';
import { makeRoutes, type RestRoute } from '../../../src/rest/route-table.ts';

const routesOf = (more: Partial<Declaration>): readonly string[] => {
  const declaration = defineResource({
    name: 'lamp',
    plural: 'lamps',
    route: '/v3/lamps',
    scope: 'group',
    description: 'A lamp.',
    required: [],
    fields: { colour: text('Its colour.') },
    example: {},
    ...more,
  });
  const securityGroup = { ...declaration, name: 'securityGroup', plural: 'securityGroups', route: null };
  const model = makeModel([declaration, securityGroup]);
  return makeRoutes(model).map(({ verb, method, url }) => `${verb} ${method} ${url}`);
};

it('a resource with a route gets every verb', () => {
  expect(routesOf({})).toEqual([
    'list GET /v3/lamps',
    'get GET /v3/lamps/:id',
    'create POST /v3/lamps',
    'patch PATCH /v3/lamps/:id',
    'remove DELETE /v3/lamps/:id',
  ]);
});

it('a resource that nobody writes is only read', () => {
  expect(routesOf({ readOnly: true })).toEqual(['list GET /v3/lamps', 'get GET /v3/lamps/:id']);
  expect(routesOf({ readOnly: ['colour'] })).toHaveLength(5);
});

describe('a link', () => {
  const base = { route: null, scope: 'group', description: 'A thing.', required: [], example: {} } as const;
  const declarations = (link: Partial<Declaration> = {}): readonly Declaration[] => [
    defineResource({ ...base, name: 'securityGroup', plural: 'securityGroups', fields: {} }),
    defineResource({ ...base, name: 'lamp', plural: 'lamps', fields: {} }),
    defineResource({ ...base, name: 'room', plural: 'rooms', fields: {} }),
    defineResource({ ...base, name: 'house', plural: 'houses', fields: {} }),
    defineResource({
      ...{ ...base, name: 'lampRoom', plural: 'lampRooms', link: ['lampId', 'roomId'] },
      fields: { lampId: reference('lamp', 'The lamp.'), roomId: reference('room', 'The room.') },
      addresses: {
        row: '/lamps/{lampId}/rooms/{roomId}',
        list: { route: '/lamps/{lampId}/rooms' },
        bulk: { route: '/lamps/rooms/bulk', takes: ['put'] },
      },
    }),
    defineResource({
      ...{ ...base, name: 'lampRoomHouse', plural: 'lampRoomHouses', link: ['houseId', 'lampRoomId'] },
      fields: {
        houseId: reference('house', 'The house.'),
        lampRoomId: reference('lampRoom', 'Which, and where.'),
        colour: text('Its colour.'),
      },
      addresses: { row: '/houses/{houseId}/lamps/{lampId}/rooms/{roomId}' },
      ...link,
    }),
  ];
  const routes = (link?: Partial<Declaration>): readonly RestRoute[] => makeRoutes(makeModel(declarations(link)));

  it('is reached by what it links, and can be patched when it says something of its own', () => {
    expect(routes().map(({ verb, method, url, resource }) => `${verb} ${method} ${url} ${resource.name}`)).toEqual([
      'get GET /lamps/:lampId/rooms/:roomId lampRoom',
      'put PUT /lamps/:lampId/rooms/:roomId lampRoom',
      'remove DELETE /lamps/:lampId/rooms/:roomId lampRoom',
      'list GET /lamps/:lampId/rooms room',
      'putMany POST /lamps/rooms/bulk lampRoom',
      'putMany PUT /lamps/rooms/bulk lampRoom',
      'get GET /houses/:houseId/lamps/:lampId/rooms/:roomId lampRoomHouse',
      'put PUT /houses/:houseId/lamps/:lampId/rooms/:roomId lampRoomHouse',
      'patch PATCH /houses/:houseId/lamps/:lampId/rooms/:roomId lampRoomHouse',
      'remove DELETE /houses/:houseId/lamps/:lampId/rooms/:roomId lampRoomHouse',
    ]);
  });

  it('its parameters lead to what they are the ids of', () => {
    const { parameters } = routes().at(-1)!;
    expect(parameters.map(({ name, of, lead }) => [name, of.name, lead.map(({ path }) => path[1]).join(' ')])).toEqual([
      ['houseId', 'house', 'houseId'],
      ['lampId', 'lamp', 'lampRoomId lampId'],
      ['roomId', 'room', 'lampRoomId roomId'],
    ]);
  });

  it('an address that leads nowhere is refused at the start', () => {
    expect(() => routes({ addresses: { row: '/attics/{atticId}' } })).toThrow('nothing leads to atticId');
  });
});

it('a resource without a route has none', () => {
  expect(routesOf({ route: null })).toEqual([]);
});
