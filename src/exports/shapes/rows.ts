/** A resource as it is, with every column. */
import { wholeColumns } from '../columns.ts';
import type { Shape } from '../shape.ts';

export const rows: Shape = {
  name: 'rows',
  description: 'One row for each, with every attribute.',
  of: null,
  reads: [],
  takesColumns: true,
  make: ({ resource }) => Promise.resolve({ columns: wholeColumns(resource) }),
};
