/** The address of a question to the limit. */
export function limitPathOf(statement: string, values: readonly string[]): string {
  return `/${[statement, ...values].map(encodeURIComponent).join('/')}`;
}
