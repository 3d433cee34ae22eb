/**
 * JSON text on its way through Apollo, which passes `data` on as it is and hands it back to write the answer. It must
 * ride in `data`: Apollo copies the result and keeps data, errors and extensions only.
 */
import type { FormattedExecutionResult } from 'graphql';

class RawJson {
  constructor(readonly text: string) {}
}

export function wrapJson(text: string): NonNullable<FormattedExecutionResult['data']> {
  return new RawJson(text) as unknown as NonNullable<FormattedExecutionResult['data']>;
}

export function stringifyResult(result: FormattedExecutionResult): string {
  const data: unknown = result.data;
  if (!(data instanceof RawJson)) return JSON.stringify(result);
  const extensions = result.extensions === undefined ? '' : `,"extensions":${JSON.stringify(result.extensions)}`;
  return `{"data":${data.text}${extensions}}`;
}
