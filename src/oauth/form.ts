/** A form as a browser sends it. A field that comes twice is refused: one reader would take the first, another the last. */
import { parse } from 'node:querystring';
import { invalidInput } from '../problem.ts';

export type Form = Readonly<Record<string, string | undefined>>;

export function parseForm(body: unknown): Form {
  if (typeof body !== 'string') throw invalidInput([{ pointer: '', message: 'must be a form' }]);
  const fields = parse(body, undefined, undefined, { maxKeys: 50 });
  const faults = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' ? [] : { pointer: `/${name.slice(0, 64)}`, message: 'must come once' },
  );
  if (faults.length > 0) throw invalidInput(faults);
  return fields as Form;
}

/** A JSON object of texts, as existing clients send it, in the form that RFC 6749 §4.1.3 wants. */
export function toForm(body: unknown): string {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidInput([{ pointer: '', message: 'must be an object' }]);
  }
  const given = Object.entries(body).filter(([, value]) => value !== null);
  const faults = given.flatMap(([name, value]) =>
    typeof value === 'string' ? [] : { pointer: `/${name.slice(0, 64)}`, message: 'must be a text' },
  );
  if (faults.length > 0) throw invalidInput(faults);
  return new URLSearchParams(given as [string, string][]).toString();
}
