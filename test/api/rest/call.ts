/** One REST call by a person of the world, in process, and its answer under the name of what it should be. */
import type { JsonObject } from '../../../src/json.ts';
import type { PersonName, World } from '../../world.ts';

export interface Envelope {
  readonly id: string;
  readonly customerId: string;
  readonly securityGroupId: string;
  readonly data: JsonObject;
  readonly meta: JsonObject & { readonly etag: string; readonly isDeleted: boolean };
}

export interface ProblemDocument {
  readonly code: string;
  readonly detail: string;
  readonly etag?: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

/** The body is one document; a test reads it as what it expects. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly row: Envelope;
  readonly rows: readonly Envelope[];
  readonly problem: ProblemDocument;
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is, whatever it is. */
  readonly text?: string;
}

export type Call = (
  person: PersonName | null,
  request: `${'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} ${string}`,
  options?: CallOptions,
) => Promise<Answer>;

export function makeCall(world: World): Call {
  return async (person, request, { headers = {}, body, text } = {}) => {
    const space = request.indexOf(' ');
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await world.app.inject({
      method: request.slice(0, space) as 'GET',
      url: request.slice(space + 1),
      headers: {
        ...(person === null ? {} : world.as(person)),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const document = (response.body === '' ? {} : JSON.parse(response.body)) as { readonly data?: unknown };
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string | undefined>,
      text: response.body,
      row: document as Envelope,
      rows: (document.data ?? []) as readonly Envelope[],
      problem: document as unknown as ProblemDocument,
    };
  };
}

/** The status of an answer with the code of its problem, or the status alone. */
export function briefly({ status, problem }: Answer): string {
  return status < 400 ? String(status) : `${status} ${problem.code}`;
}
