/** How the kit talks to a server: with a token that may be another one tomorrow, and an ear for what replication hides. */

export interface ServerOptions {
  /** `https://doorstep.example/graphql` */
  readonly url: string;
  /** Asked before each request. */
  readonly token: () => string | Promise<string>;
  /** The platform's own when left out. */
  readonly fetch?: typeof fetch;
}

export interface Server {
  readonly url: string;
  /** What a request says of its sender, at this moment. */
  headers(): Promise<{ readonly Authorization: string }>;
  /** For RxDB, which has neither the status of an answer nor the codes of its errors. */
  fetchFor(onCode: (code: string) => void): typeof fetch;
  ask<Data>(query: string, variables: object): Promise<Data>;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export function makeServer({ url, token, fetch: send = fetch }: ServerOptions): Server {
  const headers = async () => ({ Authorization: `Bearer ${await token()}` });
  const withToken = async (request: Request): Promise<Request> => {
    const own = new Headers(request.headers);
    own.set('authorization', (await headers()).Authorization);
    return new Request(request, { headers: own });
  };
  return {
    url,
    headers,
    fetchFor: (onCode) => async (input, init) => {
      const response = await send(await withToken(new Request(input, init)));
      const text = await response.text();
      for (const { extensions } of parse<unknown>(text).errors ?? []) if (extensions?.code) onCode(extensions.code);
      return new Response(text, { status: response.status, headers: { 'content-type': 'application/json' } });
    },
    async ask<Data>(query: string, variables: object) {
      const body = JSON.stringify({ query, variables });
      const request = new Request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const { data, errors } = parse<Data>(await (await send(await withToken(request))).text());
      if (data === undefined || data === null) throw new Error(errors?.[0]?.message ?? 'the server gave no answer');
      return data;
    },
  };
}

/** A proxy that is in trouble answers with a page. */
function parse<Data>(text: string): Answer<Data> {
  try {
    return JSON.parse(text) as Answer<Data>;
  } catch {
    return { errors: [{ message: text.slice(0, 200) }] };
  }
}
