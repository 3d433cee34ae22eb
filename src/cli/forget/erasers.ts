/** Everything that keeps something of people beside the rows of resources; `doorstep erase` asks each of them. */
import { eraseFilters } from '../../audit/erase-filters.ts';
import { endExports } from '../../forgetting/end-exports.ts';
import type { Eraser } from '../../forgetting/eraser.ts';

export function makeErasers(): readonly Eraser[] {
  return [
    {
      what: 'filters in the read log',
      erase: (tx, { customerId, names }) => eraseFilters(tx, customerId, names),
    },
    { what: 'exports', erase: endExports },
  ];
}
