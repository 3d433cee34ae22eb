/** The body of an action by its schema. The same complaints in the same words as for the attributes of a row. */
import { Ajv } from 'ajv';
import type { JsonObject } from '../../json.ts';
import { type Fault, invalidInput } from '../../problem.ts';
import { isUuid } from '../../uuid.ts';
import { explain } from '../../write/explain.ts';

/** Returns the body as what its schema makes of it, or throws INVALID_INPUT. */
export function makeBodyCheck<Body>(schema: JsonObject): (body: unknown) => Body {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  ajv.addFormat('uuid', isUuid);
  const validate = ajv.compile(schema);
  return (body) => {
    if (validate(body)) return body as Body;
    const faults = (validate.errors ?? []).flatMap(explain);
    const byPlace = new Map(faults.map((fault): readonly [string, Fault] => [fault.pointer, fault]));
    throw invalidInput([...byPlace.values()]);
  };
}
