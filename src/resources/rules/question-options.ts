/** How many options a question has, by its type, and what an option needs. */
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { Fault } from '../../problem.ts';

/** Fewest and most options, by type. */
const optionCounts = {
  availability: [2, Infinity],
  multiChoice: [2, Infinity],
  multiSelect: [1, Infinity],
  pdf: [2, 2],
  payment: [0, Infinity],
  scale: [5, 5],
  text: [2, 2],
  verification: [1, 2],
  youtube: [1, 2],
} as const satisfies Record<string, readonly [number, number]>;

type QuestionType = keyof typeof optionCounts;
export const questionTypes = Object.keys(optionCounts) as readonly QuestionType[];

const named = (name: string): JsonObject => ({ properties: { [name]: { type: 'string' } }, required: [name] });
const shown = { properties: { options: { items: { anyOf: [named('text'), named('icon')] } } } };

/** The same as JSON Schema, with one condition for each type. */
export const optionRules: readonly JsonObject[] = [shown, ...questionTypes.map(countRule)];

function countRule(type: QuestionType): JsonObject {
  const [minItems, most] = optionCounts[type];
  const options = { minItems, ...(most === Infinity ? {} : { maxItems: most }) };
  const choices = { type: 'array', minItems: 1 };
  return {
    if: { properties: { type: { const: type } } },
    then:
      type === 'multiSelect'
        ? { properties: { options, choices }, required: ['choices'] }
        : { properties: { options } },
  };
}

function wanted([fewest, most]: readonly [number, number]): string {
  if (fewest === most) return `exactly ${fewest}`;
  return most === Infinity ? `at least ${fewest}` : `${fewest} or ${most}`;
}

export function checkOptions(data: JsonObject): Fault[] {
  const type = data['type'] as QuestionType;
  const options = data['options'] as readonly JsonObject[];
  const choices = data['choices'] as readonly unknown[] | null;
  const faults: Fault[] = [];
  const [fewest, most] = optionCounts[type];
  if (options.length < fewest || options.length > most) {
    const message = `must have ${wanted(optionCounts[type])} items for the type ${type}, not ${options.length}`;
    faults.push({ pointer: '/options', message });
  }
  options.forEach((option, index) => {
    if (isJsonObject(option) && (option['text'] ?? option['icon'] ?? null) === null) {
      faults.push({ pointer: `/options/${index}`, message: 'must have a text or an icon' });
    }
  });
  if (type === 'multiSelect' && (choices ?? []).length === 0) {
    faults.push({ pointer: '/choices', message: 'must have at least 1 item for the type multiSelect' });
  }
  return faults;
}
