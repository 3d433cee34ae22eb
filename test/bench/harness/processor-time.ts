/**
 * How much processor time has been used, from /proc: what a rate hides on a machine that has other things to do. A
 * server in one process gets a smaller part of such a machine than PostgreSQL in ten, so rates favour whoever leaves the
 * work to PostgreSQL; microseconds of processor a request do not.
 */
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second, whatever the processor. */
const ticksASecond = 100;

interface Usage {
  readonly parent: number;
  readonly seconds: number;
  /** Of processes that it had started and that have ended. */
  readonly ended: number;
}

/** Null where there is no /proc, or the process is gone. */
async function readUsage(pid: number | string): Promise<Usage | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // The second field is the name in parentheses, and may hold anything.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const secondsAt = (user: number): number => (fields[user]! + fields[user + 1]!) / ticksASecond;
  return { parent: fields[1]!, seconds: secondsAt(11), ended: secondsAt(13) };
}

export async function processorSeconds(pid: number): Promise<number> {
  return (await readUsage(pid))?.seconds ?? NaN;
}

/** Of a process and of those that it has started, which for PostgreSQL's first process is the whole server. */
export async function processorSecondsOfFamily(pid: number): Promise<number> {
  const pids = await readdir('/proc').catch(() => []);
  const usages = await Promise.all(pids.filter((name) => /^\d+$/.test(name)).map(readUsage));
  const children = usages.filter((usage) => usage?.parent === pid);
  const first = await readUsage(pid);
  return children.reduce((sum, usage) => sum + usage!.seconds, first === null ? NaN : first.seconds + first.ended);
}
