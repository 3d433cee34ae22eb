/**
 * The names under which statements are prepared on one connection. A shape that comes a second time gets one: shapes that
 * come once (a batch of 37 rows) would only push out others.
 */
import { LRUCache } from 'lru-cache';

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
  const dropped: NamedShape[] = [];
  // Without a name while it was seen once. (A Map whose keys are put in anew with each use writes itself anew every few
  // hundred uses, and V8 then keeps what was young in the meantime.)
  const shapes = new LRUCache<string, { name: string | null }>({
    max: mostShapes,
    dispose: ({ name }, text, reason) => {
      if (reason === 'evict' && name !== null) dropped.push({ text, name });
    },
  });
  let count = 0;
  return {
    find(text) {
      if (text.length > longestShape) return null;
      const shape = shapes.get(text);
      if (shape !== undefined) return (shape.name ??= `doorstep_${(count += 1)}`);
      shapes.set(text, { name: null });
      return null;
    },
    dropOldest: () => dropped.pop() ?? null,
    forget: (text) => void shapes.delete(text),
  };
}
