/**
 * The change feed: whoever mirrors a customer's data loads it once, from an export or from the feed's beginning, and then
 * follows for ever. Each page says where it ended; behind that place comes what has changed since.
 *
 * Rows that rights bring into sight or take out of it do not move. Who comes with a place that was reached under other
 * rights is told so and begins anew: that is how lost access reaches a mirror, whole.
 */
import { LRUCache } from 'lru-cache';
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Model, Resource } from '../model.ts';
import { invalidInput, Problem } from '../problem.ts';
import type { ChangesQuestion } from '../read/changes-sql.ts';
import { parsePosition, placeOf, type Position, printPosition } from '../read/position.ts';
import type { Reader } from '../read/reader.ts';
import type { StopSignal } from '../stop.ts';
import type { Wake } from './wake.ts';

export interface ChangesRequest {
  /** A position; null for everything that there is. */
  readonly after: string | null;
  /** kebab-case plurals; null for all that the caller may see. */
  readonly resources: readonly string[] | null;
  readonly limit: number;
  readonly excludeOwn: boolean;
  /** How long to wait for a change where there is none. */
  readonly waitMs: number;
  readonly signal?: StopSignal;
}

export interface ChangesPage {
  /** JSON texts joined by commas. */
  readonly entries: string;
  /** `after` of the next request. */
  readonly position: string;
  /** Whether nothing else had changed when the page was read. */
  readonly isComplete: boolean;
}

export interface Changes {
  read(viewer: Viewer, request: ChangesRequest): Promise<ChangesPage>;
}

export const changesLimits = { unasked: 100, largest: 1_000, longestWaitMs: 60_000 } as const;

/** Before everything. The rights are those of the moment in which the first page is read. */
const start: Omit<Position, 'access'> = { seq: '0', row: null, since: '0' };

const questionsKept = 200;

export function makeChanges({ reader, model, wake }: { reader: Reader; model: Model; wake: Wake }): Changes {
  const questions = new LRUCache<string, ChangesQuestion>({ max: questionsKept });
  const questionOf = (resources: readonly Resource[], { limit, excludeOwn }: ChangesRequest): ChangesQuestion => {
    const key = `${limit} ${excludeOwn} ${resources.map(({ label }) => label).join()}`;
    const question = questions.get(key) ?? { resources, limit, excludeOwn };
    questions.set(key, question);
    return question;
  };
  return {
    async read(viewer, request) {
      const { after, limit, waitMs, signal } = request;
      checkBounds(request);
      const given = after === null ? null : parsePosition(after);
      const question = questionOf(chooseResources(model, viewer, request.resources), request);
      const page = (): Promise<ChangesPage> => readPage(reader, viewer, question, given, signal);
      if (waitMs === 0 || limit === 0) return page();
      const listener = wake.listen(viewer.customerId);
      try {
        const until = performance.now() + waitMs;
        for (;;) {
          const found = await page();
          const left = until - performance.now();
          if (found.entries !== '' || left <= 0 || wake.isClosed || signal?.aborted === true) return found;
          await listener.next(left, signal);
        }
      } finally {
        listener.close();
      }
    },
  };
}

async function readPage(
  reader: Reader,
  viewer: Viewer,
  question: ChangesQuestion,
  given: Position | null,
  signal: StopSignal | undefined,
): Promise<ChangesPage> {
  const from = given ?? start;
  const [seq, label, id] = placeOf({ ...from, access: '' });
  const { since } = from;
  const row = await reader.readChanges(viewer, question, { signal, given: { seq, label, id, since } });
  const isLost = given !== null && (given.access !== row.access || BigInt(given.seq) < BigInt(row.horizon));
  if (isLost) throw positionExpired();
  const isComplete = row.label === null || row.id === null;
  const last = isComplete ? null : { label: row.label, id: row.id };
  // A run of pages is about everything since it began: what the caller knows is told as of then.
  const position = { seq: row.seq, access: row.access, row: last, since: isComplete ? row.seq : since };
  return { entries: row.entries, position: printPosition(position), isComplete };
}

function chooseResources(model: Model, viewer: Viewer, labels: readonly string[] | null): readonly Resource[] {
  const readable = model.resources.filter((resource) => {
    const groups = readableGroups(viewer, resource);
    return groups === 'all' || groups.size > 0;
  });
  if (labels === null) return readable;
  const faults = labels.flatMap((label) =>
    model.resources.some((resource) => resource.label === label)
      ? []
      : [
          {
            pointer: '/resources',
            message: `knows no ${JSON.stringify(label.slice(0, 64))}; it takes ${printLabels(model)}`,
          },
        ],
  );
  if (faults.length > 0) throw invalidInput(faults);
  // Nothing of one that the caller may not read is ever told; the question still says that it was asked for.
  return model.resources.filter(({ label }) => labels.includes(label));
}

function printLabels({ resources }: Model): string {
  return resources.map(({ label }) => label).join(', ');
}

function checkBounds({ limit, waitMs }: ChangesRequest): void {
  const { largest, longestWaitMs } = changesLimits;
  if (!Number.isInteger(limit) || limit < 1 || limit > largest) {
    throw new Problem('INVALID_PAGE', `limit: expected 1 to ${largest}, found ${limit}.`);
  }
  if (!(waitMs >= 0 && waitMs <= longestWaitMs)) {
    throw new Problem('INVALID_PAGE', `wait: expected 0 to ${longestWaitMs / 1_000} seconds, found ${waitMs / 1_000}.`);
  }
}

function positionExpired(): Problem {
  return new Problem(
    'SYNC_CHECKPOINT_EXPIRED',
    'The position is older than what is still known of deleted rows, or was reached under other rights. Forget what you ' +
      'have, and begin without a position or with a new export.',
  );
}
