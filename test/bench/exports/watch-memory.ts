/** How much memory a process takes at most while it is watched: resident, as the kernel counts it. */
import { readFile } from 'node:fs/promises';

export interface MemoryWatch {
  /** Bytes since the last call. */
  peak(): number;
  stop(): void;
}

const everyMs = 50;

export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

export function watchMemory(pid: number): MemoryWatch {
  let highest = 0;
  const timer = setInterval(() => {
    residentBytes(pid).then(
      (bytes) => (highest = Math.max(highest, bytes)),
      () => undefined,
    );
  }, everyMs);
  return {
    peak() {
      const found = highest;
      highest = 0;
      return found;
    },
    stop: () => clearInterval(timer),
  };
}
