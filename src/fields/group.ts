/** A nested object on the wire whose members are ordinary columns (`survey.surveyId` is the column survey_id). */
import type { GroupField, LeafField } from './field.ts';

export function group(
  description: string,
  members: Readonly<Record<string, LeafField>>,
  options: { readonly required?: readonly string[] } = {},
): GroupField {
  return { storage: 'group', kind: 'group', description, members, required: options.required ?? [] };
}
