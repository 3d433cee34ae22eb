/** A world with its description, as the server sends it, and a client that has only that. */
import type { JsonObject } from '../../src/json.ts';
import { makeModel } from '../../src/model.ts';
import { declarations } from '../../src/resources/index.ts';
import { makeOpenapi } from '../../src/rest/openapi/document.ts';
import { makeWorld, type World } from '../world.ts';
import { compareAnswer } from './compare-answer.ts';
import { type Description, type Operation, readDescription } from './description.ts';
import { makeFixtures } from './fixtures.ts';
import { type GenerateValue, makeGenerateValue } from './generate-value.ts';
import { makeMakeRequest, type MakeRequest } from './make-request.ts';
import { type Answer, makeSend, type Send } from './request.ts';

/** For the titles of tests: what is tested is what the server says of them. */
const operations = readDescription(makeOpenapi(makeModel(declarations), { version: '' })).operations;

/** The operations of which something holds, by name. */
export function namesOf(holds: (operation: Operation) => boolean): readonly string[] {
  return operations.filter(holds).map(({ operationId }) => operationId);
}

/** CONTRACT=100 makes more requests of each operation than a run of all tests has time for. */
export const numRuns = Number(process.env['CONTRACT'] ?? 6);

/** Of one test, in milliseconds. */
export const patience = Math.max(20_000, numRuns * 1_000);

export interface Contract {
  readonly world: World;
  readonly description: Description;
  readonly send: Send;
  readonly generate: GenerateValue;
  readonly makeRequest: MakeRequest;
  find(operationId: string): Operation;
  /** Where an answer is not what its operation says. */
  compare(operation: Operation, answer: Answer): readonly string[];
}

export async function makeContract(env: Readonly<Record<string, string>> = {}): Promise<Contract> {
  const world = await makeWorld({ env });
  const document = await world.app.inject({ method: 'GET', url: '/openapi.json' });
  const description = readDescription(document.json<JsonObject>());
  const send = makeSend(world);
  const fixtures = await makeFixtures(world, description);
  const generate = makeGenerateValue(description, fixtures);
  return {
    ...{ world, description, send, generate },
    makeRequest: makeMakeRequest({ description, fixtures, send, generate }),
    find: (name) => description.operations.find(({ operationId }) => operationId === name)!,
    compare: (operation, answer) => compareAnswer(description, operation, answer),
  };
}
