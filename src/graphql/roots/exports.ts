/** Exports as jobs: asked for, watched and cancelled by one person. Their files are fetched over REST. */
import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLString } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { type AskedExport, checkExport } from '../../exports/export-request.ts';
import { formats } from '../../exports/format.ts';
import type { Manifest } from '../../exports/manifest.ts';
import { shapes } from '../../exports/shapes.ts';
import { invalidInput, Problem } from '../../problem.ts';
import type { ExportJob } from '../../store/export-jobs.ts';
import type { RootField } from '../root-field.ts';
import type { FieldShape, InputShape, TypeBook } from '../schema/type-book.ts';

const most = 100;
const id = { name: 'id', type: GraphQLID, description: 'The export.' };

function describeTypes(book: TypeBook): void {
  const words = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name.toUpperCase().replaceAll('-', '_'), name]));
  const optional = (name: string, type: InputShape['type'], description: string): InputShape => {
    return { name, type, description, nullable: true };
  };
  book.words('ExportFormat', 'The form of a file.', words(formats.map(({ name }) => name)));
  book.words('ExportShape', 'What the rows of a file are.', words(shapes.map(({ name }) => name)));
  const states = ['waiting', 'running', 'complete', 'failed', 'cancelled', 'expired'];
  book.words('ExportState', 'How far an export is.', words(states));
  book.input('ExportInput', 'What is exported, and how.', [
    { name: 'resource', type: GraphQLString, description: 'As in addresses of REST: `interactions`.' },
    optional('shape', 'ExportShape', 'What the rows are; ROWS when left out.'),
    optional('format', 'ExportFormat', 'The form of the files; CSV when left out.'),
    optional('filter', GraphQLString, 'Which rows, in the filter language.'),
    { ...optional('columns', GraphQLString, 'Which columns, in their order.'), list: true },
    optional('deleted', GraphQLString, 'Whether deleted rows are there too: exclude, include or only.'),
    optional('bom', GraphQLBoolean, 'CSV: a byte order mark in front.'),
    optional('formulas', GraphQLString, 'CSV: defused, or kept as they are.'),
  ]);
  book.object('ExportPart', 'One file of an export, whole by itself.', [
    { name: 'name', type: GraphQLString, description: 'Its name, the last step of its address.' },
    { name: 'url', type: GraphQLString, description: 'Where REST has it.' },
    { name: 'rows', type: GraphQLFloat, description: 'How many rows it holds.' },
    { name: 'bytes', type: GraphQLFloat, description: 'How long it is.' },
    { name: 'sha256', type: GraphQLString, description: 'The SHA-256 of its bytes, in hex.' },
  ]);
  book.object('Export', 'An export, and how far it is.', [
    id,
    { name: 'state', type: 'ExportState', description: 'How far it is.' },
    { name: 'total', type: GraphQLFloat, nullable: true, description: 'How many rows there will be, when known.' },
    { name: 'rows', type: GraphQLFloat, description: 'How many there are by now.' },
    { name: 'bytes', type: GraphQLFloat, description: 'How many bytes there are by now.' },
    { name: 'created', type: GraphQLDateTimeISO, description: 'When it was asked for.' },
    { name: 'ended', type: GraphQLDateTimeISO, nullable: true, description: 'When it ended.' },
    { name: 'expires', type: GraphQLDateTimeISO, nullable: true, description: 'Until when its files are kept.' },
    { name: 'parts', type: 'ExportPart', list: true, description: 'The files that are whole.' },
    { name: 'manifest', type: GraphQLJSON, nullable: true, description: 'All that the export says of itself.' },
  ]);
}

function show({ id: job, state, total, rows, bytes, created, ended, expires, manifest }: ExportJob): object {
  const { parts = [] } = (manifest ?? {}) as Partial<Manifest>;
  return {
    ...{ id: job, state, created, ended, expires, manifest },
    total: total === null ? null : Number(total),
    ...{ rows: Number(rows), bytes: Number(bytes) },
    parts: parts.map((part) => ({ ...part, url: `/v2/exports/${job}/parts/${part.name}` })),
  };
}

const one = (description: string, more: Partial<FieldShape> = {}): Omit<FieldShape, 'name' | 'means'> => {
  return { type: 'Export', description, arguments: [id], ...more };
};

const createExport: RootField = {
  name: 'createExport',
  operation: 'mutation',
  describe(book) {
    describeTypes(book);
    const input = { name: 'input', type: 'ExportInput', description: 'What is wanted.' };
    return one('Asks for an export, which is made in the background.', { arguments: [input] });
  },
  makeAnswer:
    ({ model, exports }) =>
    async ({ input }, { viewer, requestId }) =>
      show(await exports.jobs.create(viewer, checkExport(input as AskedExport, model), requestId)),
};

const cancelExport: RootField = {
  name: 'cancelExport',
  operation: 'mutation',
  describe: () => one('Ends an export; the parts that are whole stay.'),
  makeAnswer:
    ({ exports }) =>
    async (given, { viewer }) =>
      show(await exports.jobs.cancel(viewer, given['id'] as string)),
};

const findExport: RootField = {
  name: 'export',
  operation: 'query',
  describe: () => one('One of your exports; null where you have none with that id.', { nullable: true }),
  makeAnswer:
    ({ exports }) =>
    async (given, { viewer }) => {
      const found = await exports.jobs.get(viewer, given['id'] as string).catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'NOT_FOUND') return null;
        throw error;
      });
      return found === null ? null : show(found);
    },
};

const listExports: RootField = {
  name: 'exports',
  operation: 'query',
  describe: () => ({
    ...{ type: 'Export', list: true, description: 'Your exports, the latest first.' },
    arguments: [{ name: 'limit', type: GraphQLFloat, default: 20, description: `At most so many, of ${most}.` }],
  }),
  makeAnswer:
    ({ exports }) =>
    async ({ limit }, { viewer, charge }) => {
      const wanted = limit as number;
      if (!Number.isInteger(wanted) || wanted < 0 || wanted > most) {
        throw invalidInput([{ pointer: '/limit', message: `expected a whole number from 0 to ${most}` }]);
      }
      charge(wanted);
      return (await exports.jobs.list(viewer, wanted)).map(show);
    },
};

export const exportFields: readonly RootField[] = [createExport, cancelExport, findExport, listExports];
