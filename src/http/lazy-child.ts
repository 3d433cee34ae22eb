/**
 * The log of one request, made when it is written to. Most requests never do, and to make one costs more than to read
 * the request.
 */
import type { FastifyBaseLogger } from 'fastify';

/** The attributes of a line, and its message. */
type Line = [attributes: unknown, message?: string, ...values: unknown[]];

export class LazyChild implements FastifyBaseLogger {
  readonly #make: () => FastifyBaseLogger;
  #made: FastifyBaseLogger | null = null;

  constructor(
    make: () => FastifyBaseLogger,
    readonly level: string,
  ) {
    this.#make = make;
  }

  get #own(): FastifyBaseLogger {
    this.#made ??= this.#make();
    return this.#made;
  }

  fatal(...line: Line): void {
    this.#own.fatal(...line);
  }

  error(...line: Line): void {
    this.#own.error(...line);
  }

  warn(...line: Line): void {
    this.#own.warn(...line);
  }

  info(...line: Line): void {
    this.#own.info(...line);
  }

  debug(...line: Line): void {
    this.#own.debug(...line);
  }

  trace(...line: Line): void {
    this.#own.trace(...line);
  }

  silent(...line: Line): void {
    this.#own.silent(...line);
  }

  child(...given: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.#own.child(...given);
  }
}
