/**
 * That nobody waits for an answer any more. An AbortSignal can be given wherever one of these is taken; every request
 * makes one of its own, and Node's costs as much as parsing the request.
 */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface Stop {
  readonly signal: StopSignal;
  /** Only the first call counts. */
  abort(reason: unknown): void;
}

class Signal implements StopSignal {
  aborted = false;
  reason: unknown = undefined;
  /** Mostly one, and often none. */
  private listeners: readonly (() => void)[] = [];

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_: 'abort', listener: () => void): void {
    this.listeners = [...this.listeners, listener];
  }

  removeEventListener(_: 'abort', listener: () => void): void {
    this.listeners = this.listeners.filter((each) => each !== listener);
  }

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const { listeners } = this;
    this.listeners = [];
    for (const listener of listeners) listener();
  }
}

export function makeStop(): Stop {
  const signal = new Signal();
  return { signal, abort: (reason) => signal.abort(reason) };
}
