import { expect, it } from 'vitest';
import { text } from '../../../src/fields/text.ts';
import { makeModel } from '../../../src/model.ts';
import { type Declaration, defineResource } from '../../../src/resource.ts';
import { makeRoutes } from '../../../src/rest/route-table.ts';

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

it('a resource without a route has none', () => {
  expect(routesOf({ route: null })).toEqual([]);
});
