/** Whether a file has the columns that a layout reads. Asked before the first row is written. */
import { Problem } from '../problem.ts';
import { columnsOf, type Layout } from './layout.ts';

export function checkHeader(header: readonly string[], layout: Layout): void {
  const wanted = new Set(Object.values(layout.attributes).flatMap(columnsOf));
  const missing = [...wanted].filter((name) => !header.includes(name));
  const repeated = [...wanted].filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  const faults = [
    ...missing.map((name) => `has no column "${name}"${suggest(name, header)}`),
    ...repeated.map((name) => `has the column "${name}" more than once`),
  ];
  if (faults.length === 0) return;
  const only = header.length === 1 ? /[\t;|,]/.exec(header[0]!)?.[0] : undefined;
  const hint =
    only === undefined
      ? ''
      : ` Its columns seem to be parted by ${JSON.stringify(only)}: set the layout's "delimiter".`;
  const columns = header.length > 60 ? `${header.slice(0, 60).join(', ')}, …` : header.join(', ');
  throw new Problem('INVALID_INPUT', `The file ${faults.join('; ')}. Its first row names ${columns}.${hint}`);
}

function suggest(name: string, header: readonly string[]): string {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const similar = header.find((column) => bare(column) === bare(name));
  return similar === undefined ? '' : ` (but "${similar}")`;
}
