/**
 * What somebody wants exported, checked: the same for a straight download, a job and the command line. Every fault is
 * told with its place.
 */
import { checkFilter } from '../filter/check.ts';
import { parseFilter } from '../filter/parse.ts';
import { printFilter } from '../filter/print.ts';
import { everything, type Filter } from '../filter/tree.ts';
import type { JsonObject } from '../json.ts';
import type { Model, Resource } from '../model.ts';
import { type Fault, invalidInput } from '../problem.ts';
import type { CopyColumn } from '../read/copy-question.ts';
import type { Deleted } from '../read/selection.ts';
import { makeFindAttribute } from '../read/term.ts';
import { type Format, formats } from './format.ts';
import { type Shape, shapesOf } from './shape.ts';
import { shapes } from './shapes.ts';

/** As it is said; what is null or missing is usual. */
export interface AskedExport {
  /** camelCase singular, or kebab-case plural as in addresses. */
  readonly resource: string;
  readonly shape?: string | null;
  readonly format?: string | null;
  /** In the filter language, or a tree that has not been checked. */
  readonly filter?: string | Filter | null;
  /** Names of columns, in the order in which they are wanted. */
  readonly columns?: readonly string[] | null;
  readonly deleted?: string | null;
  /** CSV: whether a byte order mark stands in front. */
  readonly bom?: boolean | null;
  /** CSV: `defused`, or `kept` as they are. */
  readonly formulas?: string | null;
}

export interface ExportRequest {
  readonly resource: Resource;
  readonly shape: Shape;
  readonly format: Format;
  readonly filter: Filter;
  /** Canonical; null for everything. */
  readonly filterText: string | null;
  readonly columns: readonly string[] | null;
  readonly deleted: Deleted;
  readonly bom: boolean;
  readonly defused: boolean;
}

const deletedChoices: readonly Deleted[] = ['exclude', 'include', 'only'];

/** INVALID_INPUT or INVALID_FILTER for what cannot be exported. Nothing is said here about who may. */
export function checkExport(asked: AskedExport, { resources }: Pick<Model, 'resources'>): ExportRequest {
  const faults: Fault[] = [];
  const choose = <T>(key: keyof AskedExport, given: string, all: readonly T[], nameOf: (one: T) => string): T => {
    const found = all.find((one) => nameOf(one) === given);
    if (found === undefined) faults.push({ pointer: `/${key}`, message: describe(all.map(nameOf), given) });
    return found ?? all[0]!;
  };
  const resource =
    resources.find(({ label, name }) => label === asked.resource || name === asked.resource) ??
    choose('resource', asked.resource, resources, ({ label }) => label);
  const format = choose('format', asked.format ?? 'csv', formats, ({ name }) => name);
  const shape = choose('shape', asked.shape ?? 'rows', shapesOf(resource, shapes), ({ name }) => name);
  const deleted = choose('deleted', asked.deleted ?? 'exclude', deletedChoices, (one) => one);
  const formulas = choose('formulas', asked.formulas ?? 'kept', ['kept', 'defused'], (one) => one);
  const [bom, columns] = [asked.bom ?? false, asked.columns ?? null];
  if (format.name !== 'csv') {
    if (bom) faults.push({ pointer: '/bom', message: 'is for CSV alone' });
    if (formulas === 'defused') faults.push({ pointer: '/formulas', message: 'can be defused in CSV alone' });
  }
  if (columns !== null && !shape.takesColumns) {
    faults.push({ pointer: '/columns', message: `are fixed in the shape ${shape.name}` });
  }
  if (columns?.length === 0) faults.push({ pointer: '/columns', message: 'must name one column at least' });
  if (faults.length > 0) throw invalidInput(faults);
  const tree = typeof asked.filter === 'string' ? parse(asked.filter) : (asked.filter ?? everything);
  const filter = checkFilter(tree, makeFindAttribute(resource));
  const filterText = isEverything(filter) ? null : printFilter(filter);
  return { resource, shape, format, filter, filterText, columns, deleted, bom, defused: formulas === 'defused' };
}

/** The columns that are wanted of those that there are; INVALID_INPUT for one that there is not. */
export function chooseColumns(all: readonly CopyColumn[], names: readonly string[] | null): readonly CopyColumn[] {
  if (names === null) return all;
  const known = new Map(all.map((column) => [column.name, column]));
  const faults = names.flatMap((name, index): readonly Fault[] => {
    const pointer = `/columns/${index}`;
    if (!known.has(name)) return [{ pointer, message: describe([...known.keys()], name) }];
    return names.indexOf(name) === index ? [] : [{ pointer, message: 'names the same column again' }];
  });
  if (faults.length > 0) throw invalidInput(faults);
  return names.map((name) => known.get(name)!);
}

/** What a job keeps of it, for whichever process does the work; `checkExport` takes it back. */
export function keepRequest({ resource, shape, format, ...rest }: ExportRequest): JsonObject {
  const { filterText, columns, deleted, bom, defused } = rest;
  return {
    ...{ resource: resource.label, shape: shape.name, format: format.name },
    ...{ filter: filterText, columns, deleted, bom, formulas: defused ? 'defused' : 'kept' },
  };
}

function parse(text: string): Filter {
  return text.trim() === '' ? everything : parseFilter(text);
}

function isEverything(filter: Filter): boolean {
  return filter.kind === 'and' && filter.of.length === 0;
}

function describe(known: readonly string[], given: string): string {
  const shown = JSON.stringify(given.length > 64 ? `${given.slice(0, 63)}…` : given);
  const listed = known.length > 40 ? `${known.slice(0, 40).join(', ')}, …` : known.join(', ');
  return `must be one of ${listed}, not ${shown}`;
}
