/** Every declared resource, through the one loop. */
import { afterAll, beforeAll } from 'vitest';
import { declarations } from '../../src/resources/index.ts';
import { makeWorld, type World } from '../world.ts';
import { describeConformance } from './suite.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

for (const declaration of declarations) describeConformance(declaration, () => world);
