/** JSON Pointers (RFC 6901): the text form of a place inside a document, and its decoded segments. */

/** Whether every `~` is followed by 0 or 1 (§3). */
export function isWellEscaped(text: string): boolean {
  return !/~(?![01])/.test(text);
}

/** The segments of a pointer that is well escaped; `''` is the whole document and has none. */
export function splitPointer(text: string): readonly string[] {
  // `~1` first: the other way round `~01` would become a slash (§4).
  const [, ...segments] = text.split('/');
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function printPointer(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
