/**
 * Runs a piece of work and undoes what it began, last things first, also when it fails or somebody presses Ctrl-C:
 * a benchmark that leaves servers and gigabytes behind is run once.
 */
export type Undo = () => Promise<void> | void;

export async function withCleanup<T>(work: (later: (undo: Undo) => void) => Promise<T>): Promise<T> {
  const undos: Undo[] = [];
  const undoAll = async (): Promise<void> => {
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) await undo();
  };
  const stop = (): void => void undoAll().finally(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work((undo) => undos.push(undo));
  } finally {
    await undoAll();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
