/** What devices, and those who look after them, call beside pulling: made once, from the parts of the house. */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Reader } from '../read/reader.ts';
import type { Writer } from '../write/writer.ts';
import { makePush, type Push } from './push/push.ts';
import { makeReadReceipts, type ReadReceipts } from './receipts.ts';
import { makeResolveRejection, type ResolveRejection } from './resolve-rejection.ts';
import { makeProveShift, type ProveShift } from './shift-proof.ts';

export interface DeviceCalls {
  readonly push: Push;
  readonly readReceipts: ReadReceipts;
  readonly proveShift: ProveShift;
  readonly resolveRejection: ResolveRejection;
}

export interface DeviceCallParts {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly log: Log;
}

export function makeDeviceCalls(parts: DeviceCallParts): DeviceCalls {
  const readReceipts = makeReadReceipts(parts);
  return {
    push: makePush(parts),
    readReceipts,
    proveShift: makeProveShift({ ...parts, readReceipts }),
    resolveRejection: makeResolveRejection(parts),
  };
}
