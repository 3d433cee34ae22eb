/**
 * A description of an API as tests read it: OpenAPI 3.1 with its references followed, and a validator for every schema
 * in it. It knows OpenAPI and nothing of Doorstep.
 */
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonObject } from '../../src/json.ts';
import { isTimeZone } from '../../src/time-zone.ts';

export type Schema = JsonObject | boolean;

export interface Media {
  readonly schema: Schema;
  readonly example?: Json;
  readonly examples?: Readonly<Record<string, { readonly value: Json }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  /** Whether each item of an array is a parameter; otherwise there are commas between them. */
  readonly explode?: boolean;
  readonly schema: JsonObject;
  readonly example?: Json;
}

export interface Response {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema: Schema }>>;
  readonly content?: Readonly<Record<string, Media>>;
}

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** Whether it takes requests without a token. */
  readonly isPublic: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: Readonly<Record<string, Media>> | null;
  /** By status. */
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Description {
  readonly operations: readonly Operation[];
  /** What is wrong with a value; empty when it satisfies the schema. */
  faultsOf(schema: Schema, value: unknown): readonly string[];
  /** What a reference points at; anything else is itself. */
  follow<Found>(found: Found): Found;
}

interface Path {
  readonly [method: string]: {
    readonly operationId: string;
    readonly security?: readonly object[];
    readonly parameters?: readonly Parameter[];
    readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
    readonly responses: Readonly<Record<string, Response>>;
  };
}

export function readDescription(document: JsonObject): Description {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addFormat('time-zone', isTimeZone);
  ajv.addSchema(document, 'api');
  const validators = new Map<string, ValidateFunction>();
  const follow = <Found>(found: Found): Found => {
    const { $ref } = found as { readonly $ref?: string };
    return $ref === undefined ? found : follow(at(document, $ref) as Found & object);
  };
  const paths = Object.entries(document['paths'] as unknown as Readonly<Record<string, Path>>);
  return {
    follow,
    operations: paths.flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId, security = [], parameters = [], requestBody, responses }]) => ({
          operationId,
          isPublic: security.some((each) => Object.keys(each).length === 0),
          method: method.toUpperCase(),
          path,
          parameters: parameters.map(follow),
          body: requestBody?.content ?? null,
          responses: Object.fromEntries(
            Object.entries(responses).map(([status, each]) => [status, whole(follow(each))]),
          ),
        }),
      ),
    ),
    faultsOf(schema, value) {
      const key = JSON.stringify(schema);
      const validate = validators.get(key) ?? ajv.compile(rebase(schema));
      validators.set(key, validate);
      if (validate(value)) return [];
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
    },
  };

  function whole(response: Response): Response {
    const headers = Object.entries(response.headers ?? {}).map(([name, header]) => [name, follow(header)] as const);
    return { ...response, headers: Object.fromEntries(headers) };
  }
}

function at(document: JsonObject, pointer: string): Json {
  const segments = pointer.slice(2).split('/');
  return segments.reduce<Json>((found, segment) => (found as JsonObject)[segment]!, document);
}

/** References inside a schema that stands alone lead into the document. */
function rebase(schema: Schema): Schema {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/');
  return JSON.parse(text) as Schema;
}
