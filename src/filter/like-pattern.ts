/** `*` is the only wildcard of the filter language; SQL's own are matched as they stand. */
export function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&').replace(/\*+/g, '%');
}
