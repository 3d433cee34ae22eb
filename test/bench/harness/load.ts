/** What the load generator is told and what it reports. It runs in a process of its own: see guests/generate-load.ts. */

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Load {
  readonly url: string;
  /** Sent in this order, over and over. */
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  /** How many requests in all; all of them are answered before the load is over. */
  readonly amount: number;
}

export interface Outcome {
  readonly answers: number;
  readonly seconds: number;
  /** With their headers. */
  readonly bytes: number;
  /** Answers that are not 200, lost connections and timeouts. */
  readonly failures: number;
  readonly medianMs: number;
}
