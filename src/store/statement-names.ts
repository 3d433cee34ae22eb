/**
 * The names under which statements are prepared on one connection. A shape that comes a second time gets one: shapes that
 * come once (a batch of 37 rows) would only push out others.
 */
const mostShapes = 256;
/** In characters; PostgreSQL keeps each of them on each connection. */
const longestShape = 32_768;

export interface NamedShape {
  readonly text: string;
  readonly name: string;
}

export interface StatementNames {
  /** Null the first time, and for a shape that is too long to be kept. */
  find(text: string): string | null;
  /** The shape that was used longest ago, forgotten by this, when there are more than are kept. */
  dropOldest(): NamedShape | null;
  forget(text: string): void;
}

export function makeStatementNames(): StatementNames {
  // Null while it was seen once. The order of a Map is the order of use: each use moves to the end.
  const shapes = new Map<string, string | null>();
  let count = 0;
  return {
    find(text) {
      if (text.length > longestShape) return null;
      let name = shapes.get(text);
      if (name === null) name = `doorstep_${(count += 1)}`;
      shapes.delete(text);
      shapes.set(text, name ?? null);
      return name ?? null;
    },
    dropOldest() {
      while (shapes.size > mostShapes) {
        const [[text, name] = ['', null]] = shapes;
        shapes.delete(text);
        if (name !== null) return { text, name };
      }
      return null;
    },
    forget: (text) => void shapes.delete(text),
  };
}
