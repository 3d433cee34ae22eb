/** What becomes of a row before anybody asks the database: a door, a repetition, a fault, or nothing at all. */
import type { Door } from './door.ts';
import type { Geocodes } from './geocodes.ts';
import { columnsOf, type Layout } from './layout.ts';
import { type DoorSurroundings, makeDoorMaker } from './make-door.ts';
import { cleanText } from './normalise/clean-text.ts';
import type { Row } from './read-rows.ts';
import type { Reject } from './rejects.ts';
import { SeenRows } from './seen-rows.ts';

export type Outcome =
  | { readonly kind: 'blank' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'rejected'; readonly reject: Reject }
  | {
      readonly kind: 'door';
      readonly door: Door;
      readonly cells: readonly string[];
      readonly cityFromZip: boolean;
      readonly yearOnly: boolean;
    };

export interface JudgeOptions extends DoorSurroundings {
  readonly layout: Layout;
  readonly header: readonly string[];
  readonly geocodes?: Geocodes;
}

export function makeJudge({ layout, header, geocodes, ...surroundings }: JudgeOptions): (row: Row) => Outcome {
  const makeDoor = makeDoorMaker(layout, header, surroundings);
  const seen = new SeenRows();
  const idColumn = columnsOf(layout.attributes['/externalId'] ?? []).join(' + ');

  return function judge({ row, cells }) {
    const reject = (column: string, reason: string): Outcome => ({
      kind: 'rejected',
      reject: { row, column, reason, cells },
    });
    if (cells.every((cell) => cleanText(cell) === '')) return { kind: 'blank' };
    if (cells.length !== header.length) {
      return reject(
        '',
        `the row has ${cells.length} columns, the header ${header.length}; look for a stray comma or quote`,
      );
    }
    const made = makeDoor(row, cells);
    if ('faults' in made) {
      const [first] = made.faults;
      const columns = [...new Set(made.faults.map(({ column }) => column))];
      const reasons = made.faults.map(({ column, reason }) => `${column} ${reason}`).join('; ');
      return reject(columns.join(', '), made.faults.length === 1 ? first!.reason : reasons);
    }
    const before = seen.see(made.door);
    if (before !== null && before.differs.length === 0) return { kind: 'duplicate' };
    if (before !== null) {
      const same = made.door.contact.externalId === undefined ? 'name, birth date and door' : idColumn;
      return reject(idColumn, `the same ${same} as row ${before.row}, but ${before.differs.join(' and ')}`);
    }
    return { kind: 'door', cells, ...made, door: locate(made.door, geocodes) };
  };
}

function locate(door: Door, geocodes: Geocodes | undefined): Door {
  if (door.address.coords !== undefined) return door;
  const coords = geocodes?.find(door.address) ?? null;
  return coords === null ? door : { ...door, address: { ...door.address, coords } };
}
