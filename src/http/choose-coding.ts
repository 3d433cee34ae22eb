/** In which content coding a client wants its answer (RFC 9110 §12.5.3); null is as it is. */
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

export type Coding = 'br' | 'gzip';

/** Where a client likes several as much, the first of these: brotli costs less here for the same size. */
const codings: readonly Coding[] = ['br', 'gzip'];

export type ChooseCoding = (acceptEncoding: string | undefined) => Coding | null;

export function makeChooseCoding(): ChooseCoding {
  // All clients together send a handful of texts.
  const chosen = new LRUCache<string, { readonly coding: Coding | null }>({ max: 100 });
  return (acceptEncoding) => {
    if (acceptEncoding === undefined) return null;
    const { coding } = chosen.get(acceptEncoding) ?? { coding: choose(acceptEncoding) };
    chosen.set(acceptEncoding, { coding });
    return coding;
  };
}

/** What the declared types of the library leave out: who decides between codings that the client likes as much. */
interface Preferring {
  encodings(available: readonly string[], options: { readonly preferred: readonly string[] }): readonly string[];
}

function choose(acceptEncoding: string): Coding | null {
  const negotiator: Preferring = new Negotiator({ headers: { 'accept-encoding': acceptEncoding } });
  const [best] = negotiator.encodings([...codings, 'identity'], { preferred: codings });
  return codings.find((coding) => coding === best) ?? null;
}
