/** The results of `npm run bench -- sync`, for people and for programs. What was not asked for is null. */
import type { BenchReport } from '../bench.ts';
import { atLeast, atMost, type Bar, layBars } from '../harness/bar.ts';
import { describeMachine } from '../harness/machine.ts';
import { median } from '../harness/median.ts';
import { effortOf, rateOf } from '../harness/ratio.ts';
import { layTable } from '../harness/table.ts';
import type { PollResult } from './measure-poll.ts';
import type { PullResult, Turns } from './measure-pull.ts';
import type { PushResult } from './measure-push.ts';
import type { OrderResult } from './prove-order.ts';

export interface Results {
  readonly rounds: number;
  readonly push: PushResult | null;
  readonly pull: PullResult | null;
  readonly poll: readonly PollResult[] | null;
  readonly order: OrderResult | null;
}

/** Of the limit. */
const least = { push: 0.3, pull: 0.7, poll: 0.7 } as const;

export function reportSync(results: Results): BenchReport {
  const { rounds, push, pull, poll, order } = results;
  const machine = describeMachine();
  const bars = judge(results);
  const lines = [
    `${machine.processor}, ${machine.cores} cores, ${machine.gibibytes} GiB, Node ${machine.node}; medians of ${rounds} rounds`,
    '',
    ...(push === null ? [] : [...pushLines(push), '']),
    ...(pull === null && poll === null ? [] : [...readLines(pull, poll ?? []), '']),
    ...(order === null
      ? []
      : [`${order.rows} rows by 16 writers in ${order.seconds.toFixed(0)} s beside an open transaction`, '']),
    ...layBars(bars),
  ];
  return {
    lines,
    json: {
      ...{ machine, rounds, push, order, bars },
      pull: pull === null ? null : { ...pull, collections: pull.collections.map(toJson) },
      poll: poll === null ? null : poll.map(toJson),
    },
  };
}

function judge({ push, pull, poll, order }: Results): readonly Bar[] {
  return [
    ...(push === null ? [] : [atLeast(`pushing ${push.size} visits, of the limit`, push.ofLimit, least.push)]),
    ...(pull === null
      ? []
      : [atLeast(`first pull of ${pull.doors} doors, all collections, of the limit`, pull.ofLimit, least.pull)]),
    ...(poll ?? []).map(({ name, ofLimit }) =>
      atLeast(`poll with nothing new, ${name}, of the limit`, ofLimit, least.poll),
    ),
    ...(order === null
      ? []
      : [
          atMost('rows missed', order.missed, 0),
          atMost('rows out of order', order.outOfOrder, 0),
          atMost('rows twice', order.twice, 0),
        ]),
  ];
}

function pushLines({ size, limitMs, doorstepMs, ofLimit }: PushResult): readonly string[] {
  const ms = (values: readonly number[]): string => median(values).toFixed(1);
  return layTable(
    [`${size} visits a call`, 'limit, ms', 'doorstep, ms', 'of the limit'],
    [['push', ms(limitMs), ms(doorstepMs), ofLimit.toFixed(2)]],
  );
}

function readLines(pull: PullResult | null, poll: readonly PollResult[]): readonly string[] {
  const row = (name: string, documents: number, turns: Turns, ofLimit: number): readonly string[] => [
    ...[name, String(documents), rateOf(turns.limit).toFixed(0), rateOf(turns.doorstep).toFixed(0)],
    ...[ofLimit.toFixed(2), showEffort(turns.limit), showEffort(turns.doorstep)],
  ];
  const rows = [
    ...(pull?.collections ?? []).map((each) =>
      row(`first pull: ${each.collection}`, each.documents, each.turns, each.ofLimit),
    ),
    ...(pull === null ? [] : [['first pull: the sum', '', '', '', pull.ofLimit.toFixed(2), '', '']]),
    ...poll.map((each) => row(`poll ${each.name}`, 0, each.turns, each.ofLimit)),
  ];
  const titles = ['', 'documents', 'limit, a second', 'doorstep', 'of the limit', 'limit, µs', 'doorstep, µs'];
  return ['Microseconds of processor a request: the server + PostgreSQL', ...layTable(titles, rows)];
}

function showEffort(turns: Turns['limit']): string {
  const of = (side: 'server' | 'database'): string =>
    median(turns.map(({ microseconds }) => microseconds[side])).toFixed(0);
  return `${of('server')} + ${of('database')}`;
}

/** One figure of each contender for all its turns. */
function toJson<Result extends { readonly turns: Turns; readonly ofLimit: number }>({
  turns,
  ...rest
}: Result): object {
  const each = (valueOf: (own: Turns['limit']) => number) => ({
    limit: Number(valueOf(turns.limit).toFixed(1)),
    doorstep: Number(valueOf(turns.doorstep).toFixed(1)),
  });
  return { ...rest, perSecond: each(rateOf), microseconds: each(effortOf) };
}
