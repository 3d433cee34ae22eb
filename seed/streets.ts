/**
 * The streets of the invented town, in blocks counted from its south-west corner. Main, Mill and Ferry cross the river
 * on bridges, and so keep their names and go on counting on the other side.
 */
export interface Street {
  readonly name: string;
  /** The way its numbers rise. */
  readonly runs: 'east' | 'north';
  /** The row it runs along, or the column. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

const westStreets = [
  'Gravel Pit Rd',
  'Sparrow St',
  'Larkspur St',
  'Juniper St',
  'Ferry St',
  'Court St',
  'Main St',
  'Mill St',
  'Depot St',
  'Chapel St',
  'Quail St',
  'Agave St',
  'Sunrise St',
  'Cemetery Rd',
];
const westAvenues = [
  'Orchard Ave',
  'Mesquite Ave',
  'Pecan Ave',
  'Lincoln Ave',
  'Calle del Río',
  'Cottonwood Ave',
  'Tanner Ave',
  'Weir Ave',
  'Levee Rd',
];
const eastStreets = ['Paloma St', 'Ferry St', 'Willow St', 'Main St', 'Mill St', 'Saddler St', 'Brick St', 'Basin St'];
const eastAvenues = ['Bankside Ave', 'Heron Ave', 'Union Ave', 'Foundry Ave', 'Eastern Ave'];
const heightsStreets = ['Overlook Dr', 'Coyote Ridge Dr', 'Vista Dr', 'Summit Dr'];
const heightsLanes = ['Ocotillo Ln', 'Palo Verde Ln', 'Ironwood Ln'];

export const streets: readonly Street[] = [
  ...westStreets.map((name, row): Street => ({ name, runs: 'east', at: row, from: 0, to: 8 })),
  ...westAvenues.map((name, column): Street => ({ name, runs: 'north', at: column, from: 0, to: 13 })),
  ...heightsStreets.map((name, row): Street => ({ name, runs: 'east', at: row + 15, from: 1, to: 5 })),
  ...heightsLanes.map((name, column): Street => ({ name, runs: 'north', at: column + 2, from: 15, to: 18 })),
  ...eastStreets.map((name, row): Street => ({ name, runs: 'east', at: row + 3, from: 9, to: 13 })),
  ...eastAvenues.map((name, column): Street => ({ name, runs: 'north', at: column + 9, from: 3, to: 10 })),
];
