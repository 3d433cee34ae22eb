/** What an export is made of on its way out. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** How many rows end in it. */
  readonly rows: number;
  /** The part is whole with it: what follows begins a file of its own. */
  readonly endsPart: boolean;
}

/** Makes pieces of the chunks of a COPY. One encoder for each export; it remembers where in a row a chunk ended. */
export type Encode = (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Piece, void>;
