/** The body of an action by its schema. The same complaints in the same words as for the attributes of a row. */
import { Ajv, type ValidateFunction } from 'ajv';
import type { JsonObject } from '../../json.ts';
import { hasMoreValues } from '../../json-limits.ts';
import { type Fault, invalidInput } from '../../problem.ts';
import { isUuid } from '../../uuid.ts';
import { explain } from '../../write/explain.ts';

/** Of a body that is told all its faults at once; a larger one is told the first. */
const mostValues = 200;

/** Returns the body as what its schema makes of it, or throws INVALID_INPUT. */
export function makeBodyCheck<Body>(schema: JsonObject): (body: unknown) => Body {
  const [thorough, quick] = [true, false].map((allErrors) => {
    const ajv = new Ajv({ allErrors, strict: false, verbose: true });
    ajv.addFormat('uuid', isUuid);
    return ajv.compile(schema);
  }) as [ValidateFunction, ValidateFunction];
  return (body) => {
    // Strangers may call some actions, and each fault costs more than what is wrong.
    const validate = hasMoreValues(body, mostValues) ? quick : thorough;
    if (validate(body)) return body as Body;
    const faults = (validate.errors ?? []).flatMap(explain);
    const byPlace = new Map(faults.map((fault): readonly [string, Fault] => [fault.pointer, fault]));
    throw invalidInput([...byPlace.values()]);
  };
}
