/** One request and its answer, parsed; for looking at an answer before its rate is measured. */
import type { Json } from '../../../src/json.ts';
import type { LoadRequest } from './load.ts';

export async function ask(url: string, { method, path, headers, body }: LoadRequest): Promise<Json> {
  const response = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  if (response.status === 200) return JSON.parse(text) as Json;
  throw new Error(`${url}${path.slice(0, 200)} answered ${response.status}: ${text.slice(0, 500)}`);
}
