/**
 * Structured logs on standard error, so that standard output stays free for what a command answers (a token, a URL).
 * Everything that belongs to a request is logged through a child that carries its request id (`request.log`).
 *
 * A newcomer's mistake would be to log a request's headers, body or query: they hold tokens, passwords and voters.
 * The redaction below is the second line of defence, not a licence.
 */
import { levels, pino, stdSerializers, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Config } from './config.ts';

export type Log = Logger;

/** Whether a log of that level writes lines of this one. */
export function isToldAt(level: string, line: 'info' | 'warn' | 'error'): boolean {
  return (levels.values[level] ?? Infinity) <= levels.values[line]!;
}

export interface LogOptions {
  /** Where the lines go; standard error unless a test wants to read them. */
  readonly destination?: DestinationStream;
  readonly isTerminal?: boolean;
}

/** Attributes of a log line, or of an object in it, whose values are never written. */
const secrets = ['authorization', 'cookie', 'password', 'secret', 'token', 'jwtSecret', 'databaseUrl'];

export function makeLog(config: Pick<Config, 'logLevel' | 'logFormat'>, options: LogOptions = {}): Log {
  const { isTerminal = process.stderr.isTTY, destination = pino.destination(2) } = options;
  const asText = config.logFormat === 'text' || (config.logFormat === 'auto' && isTerminal);
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
      serializers: { err: serializeError },
    },
    asText ? makeTextDestination(destination, isTerminal) : destination,
  );
}

/** Written in step with the log, unlike pino-pretty's own stream, so that the last line before an exit is not lost. */
function makeTextDestination(destination: DestinationStream, colorize: boolean): DestinationStream {
  const print = prettyFactory({ colorize, singleLine: true, translateTime: 'SYS:HH:MM:ss' });
  return { write: (line) => destination.write(print(line)) };
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  const code = 'code' in error ? error.code : undefined;
  return { type, code, message: withoutPassword(message), stack: withoutPassword(stack) };
}

/** Database drivers repeat the connection URL in their messages. */
function withoutPassword(text: string): string {
  return text.replaceAll(/(\w:\/\/[^\s:/@]*:)[^\s@]*@/g, '$1[redacted]@');
}
