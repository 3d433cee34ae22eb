/**
 * The GraphQL schema of a model. It only describes: each field says what it means (meaning.ts), and resolve-field.ts
 * does it. Building is repeatable, so that `npm run generate` and the running server print the same schema.
 */
import { GraphQLID, type GraphQLSchema, printSchema } from 'graphql';
import type { Model } from '../../model.ts';
import { makeCollections } from '../../sync/collections/index.ts';
import { defineComparisons } from './comparison-types.ts';
import { defineFilters, definePointFilter } from './filter-types.ts';
import { rootFields } from '../roots.ts';
import { defineHistory } from './history-types.ts';
import { defineChoices } from './leaf-type.ts';
import { defineConnection, listArguments } from './list-types.ts';
import { defineOutputs, definePointOutput } from './output-types.ts';
import { defineQuestions } from './question-types.ts';
import { defineShared } from './shared-types.ts';
import { defineSort } from './sort-types.ts';
import { defineStats } from './stats-types.ts';
import { defineSync } from './sync-types.ts';
import { openTypeBook } from './type-book.ts';
import { defineWrites } from './write-types.ts';

export function makeGraphqlSchema(model: Model): GraphQLSchema {
  const book = openTypeBook();
  defineShared(book, model);
  defineComparisons(book);
  defineHistory(book);
  definePointOutput(book);
  definePointFilter(book, model);
  for (const resource of model.resources) {
    const { name, plural, typeName } = resource;
    defineChoices(book, resource);
    defineOutputs(book, model, resource);
    defineConnection(book, resource);
    defineFilters(book, model, resource);
    defineSort(book, resource);
    defineWrites(book, model, resource);
    defineStats(book, model, resource);
    defineQuestions(book, model, resource);
    book.query({
      name,
      type: typeName,
      nullable: true,
      description: `The ${name} with this id; null when there is none, or none that is yours to see.`,
      arguments: [{ name: 'id', type: GraphQLID, description: 'Its UUID.' }],
      means: { kind: 'find', resource },
    });
    book.query({
      name: plural,
      type: `${typeName}Connection`,
      description: `The ${plural} that are yours to see.`,
      arguments: listArguments(resource),
      means: { kind: 'page', resource },
    });
  }
  defineSync(book, makeCollections(model));
  for (const { name, operation, describe } of rootFields) {
    book[operation]({ name, ...describe(book, model), means: { kind: 'answer', name } });
  }
  return book.build();
}

export function printGraphqlSchema(schema: GraphQLSchema): string {
  return `# Generated from src/resources by \`npm run generate\`.\n\n${printSchema(schema)}\n`;
}
