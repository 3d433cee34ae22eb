/** One request of an operation, and how it is sent. */
import type { Json } from '../../src/json.ts';
import type { PersonName, World } from '../world.ts';
import type { Operation } from './description.ts';

export interface Request {
  readonly operation: Operation;
  /** The parameters of the address. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string;
  readonly body: Json | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly mediaType: string;
  readonly body: Json | undefined;
}

export interface SendOptions {
  /** Alice, who may do everything; null is a stranger. */
  readonly person?: PersonName | null;
  /** Sent in place of the body. */
  readonly text?: string;
}

export type Send = (request: Request, options?: SendOptions) => Promise<Answer>;

export function makeSend({ app, as }: World): Send {
  return async (request, { person = 'alice', text } = {}) => {
    const { operation, headers, mediaType, body } = request;
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await app.inject({
      method: operation.method as 'GET',
      url: addressOf(request),
      headers: {
        ...(person === null ? {} : as(person)),
        ...(payload === undefined ? {} : { 'content-type': mediaType }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const answered = String(response.headers['content-type'] ?? '').split(';')[0]!;
    const isJson = /[/+]json$/.test(answered);
    return {
      status: response.statusCode,
      headers: response.headers as Answer['headers'],
      mediaType: answered,
      // A file of no rows is a file; an answer of another kind without a body has none.
      body: isJson ? parseBody(response.body) : answered === '' ? undefined : response.body,
    };
  };
}

function parseBody(text: string): Json | undefined {
  return text === '' ? undefined : (JSON.parse(text) as Json);
}

function addressOf({ operation, path, query }: Request): string {
  const address = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name]!));
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  return search === '' ? address : `${address}?${search}`;
}

/** The request in a few words, for a test that failed. */
export function printRequest(request: Request): string {
  const { operation, headers, body } = request;
  const sent = body === undefined ? '' : ` ${JSON.stringify(body).slice(0, 3_000)}`;
  return `${operation.operationId}: ${operation.method} ${addressOf(request)} ${JSON.stringify(headers)}${sent}`;
}
