/**
 * The one resolver of the schema: it does what the field means. Rows come as finished JSON with the response keys of
 * the operation in it, so below a root a field is read by its key, aliases included, and never by its name.
 */
import type { GraphQLFieldResolver, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { getNamedType } from 'graphql';
import type { Json, JsonObject } from '../json.ts';
import type { Reader } from '../read/reader.ts';
import type { Writer } from '../write/writer.ts';
import type { GraphqlContext } from './context.ts';
import type { Meaning } from './meaning.ts';
import type { RootParts } from './root-field.ts';
import { rootFields } from './roots.ts';
import { costOf } from './selection/cost.ts';
import { makeRoot } from './selection/make-root.ts';
import { type WriteArguments, writeBatch, writeOne } from './write-field.ts';

type Source = JsonObject & { readonly rows?: JsonObject };

export function makeResolveField(parts: RootParts): GraphQLFieldResolver<Source, GraphqlContext> {
  const { reader, writer } = parts;
  const answers = new Map(rootFields.map(({ name, makeAnswer }) => [name, makeAnswer(parts)]));
  return (source, given, context, info) => {
    const means = info.parentType.getFields()[info.fieldName]?.extensions.means;
    const key = String(info.path.key);
    switch (means?.kind) {
      case 'find':
      case 'page':
      case 'pull':
      case 'stats':
      case 'question':
        return readRoot(key, reader, context, info);
      case 'write':
        return write(means, given as WriteArguments, writer, context, info);
      case 'answer':
        return answers.get(means.name)!(given as Readonly<Record<string, unknown>>, context, info);
      case 'written':
        return source.rows?.[key];
      // Types that are no rows (a verdict, a problem) are objects of ours.
      case undefined:
        return source[info.fieldName];
      default:
        return source[key];
    }
  };
}

async function readRoot(
  key: string,
  reader: Reader,
  { viewer, signal, requestId, findAsked, throwIfFailed, charge }: GraphqlContext,
  { schema, fieldNodes, fragments, variableValues }: GraphQLResolveInfo,
): Promise<Json | undefined> {
  throwIfFailed();
  const root = makeRoot(key, fieldNodes, { schema, operation: { fragments, variables: variableValues } });
  if (root === null) throw new Error(`${fieldNodes[0]?.name.value} is no selection of rows`);
  if (findAsked() === null) charge(costOf([root]));
  const text = await reader.readRoots(viewer, [root], { signal, requestId });
  const answer = JSON.parse(text.toString()) as JsonObject;
  return answer[key];
}

function write(
  means: Meaning & { readonly kind: 'write' },
  given: WriteArguments,
  writer: Writer,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const { schema, fieldNodes, fragments, variableValues } = info;
  const asked = {
    means,
    given,
    nodes: fieldNodes,
    type: getNamedType(info.returnType) as GraphQLObjectType,
    selection: { schema, operation: { fragments, variables: variableValues } },
  };
  return means.batch ? writeBatch(asked, writer, context) : writeOne(asked, writer, context);
}
