/** How phones and the office talk to a server that may be dead just now. */

/** No signal, a dead server, an answer that was cut off: try again later. */
export class NoSignal extends Error {}

/** What a person is told by the server. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export interface Talk {
  ask<Data>(token: string, query: string, variables: object, options?: { readonly cutAfterMs?: number }): Promise<Data>;
  rest<Answer>(token: string, method: string, path: string, body?: object): Promise<Answer>;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string; readonly status?: number } }[];
}

export function makeTalk(urlOf: () => string): Talk {
  const send = async (path: string, init: RequestInit): Promise<string> => {
    try {
      const response = await fetch(`${urlOf()}${path}`, init);
      const text = await response.text();
      if (response.status >= 500) throw new NoSignal(text);
      return text;
    } catch (error) {
      throw error instanceof NoSignal ? error : new NoSignal(String(error));
    }
  };
  const headersOf = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
  return {
    async ask<Data>(token: string, query: string, variables: object, { cutAfterMs }: { cutAfterMs?: number } = {}) {
      const text = await send('/graphql', {
        method: 'POST',
        headers: headersOf(token),
        body: JSON.stringify({ query, variables }),
        ...(cutAfterMs === undefined ? {} : { signal: AbortSignal.timeout(cutAfterMs) }),
      });
      const { data, errors = [] } = JSON.parse(text) as Answer<Data>;
      const [first] = errors;
      if ((first?.extensions?.status ?? 0) >= 500) throw new NoSignal(text);
      if (first !== undefined) throw new Refused(`${first.extensions?.code}: ${text.slice(0, 300)}`);
      return data as Data;
    },
    async rest<Result>(token: string, method: string, path: string, body?: object) {
      const headers = { ...headersOf(token), ...(method === 'PATCH' ? { 'if-match': '*' } : {}) };
      const text = await send(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      const answer = JSON.parse(text) as Result & { readonly code?: string };
      if (typeof answer.code === 'string') throw new Refused(`${answer.code}: ${text.slice(0, 300)}`);
      return answer;
    },
  };
}

/** Again and again, for what has to succeed once there is a signal. */
export async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof NoSignal) || tries === 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
