import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { makeRowStream } from '../../../src/rest/row-stream.ts';

/** A source that says how far it was read, and whether it was closed. */
const makeSource = (count: number, failAt = Infinity) => {
  const state = { pulled: 0, isClosed: false };
  const pieces = async function* () {
    try {
      while (state.pulled < count) {
        state.pulled += 1;
        if (state.pulled === failAt) throw new Error('the database went away');
        yield Buffer.from(`${state.pulled} `);
      }
    } finally {
      state.isClosed = true;
    }
  };
  return { state, pieces: pieces() };
};

const start = (pieces: AsyncGenerator<Buffer, void>, drainTimeoutMs = 600_000, onStall = (): void => undefined) => {
  const stop = new AbortController();
  return { stop, stream: makeRowStream(pieces, { stop, drainTimeoutMs, onStall }) };
};

describe('a row stream', () => {
  it('hands on every piece in order and closes its source', async () => {
    const { state, pieces } = makeSource(5);
    expect(await text(await start(pieces).stream)).toBe('1 2 3 4 5 ');
    expect(state.isClosed).toBe(true);
  });

  it('rejects when the first piece fails, so that a status can still be sent', async () => {
    const { pieces } = makeSource(5, 1);
    await expect(start(pieces).stream).rejects.toThrow('the database went away');
  });

  it('is destroyed with the failure of a later piece', async () => {
    const { pieces } = makeSource(5, 3);
    await expect(text(await start(pieces).stream)).rejects.toThrow('the database went away');
  });

  it('reads no further ahead than one piece of a client that reads nothing', async () => {
    const { state, pieces } = makeSource(1_000);
    const stream = await start(pieces).stream;
    stream.read(0);
    await once(stream, 'readable');
    await new Promise(setImmediate);
    expect(state.pulled).toBeLessThanOrEqual(2);
    stream.destroy();
  });

  it('closes its source and stops the work when it is destroyed before anybody read', async () => {
    const { state, pieces } = makeSource(5);
    const { stop, stream } = start(pieces);
    const started = await stream;
    started.destroy();
    await once(started, 'close');
    expect([state.isClosed, stop.signal.aborted]).toEqual([true, true]);
  });

  it('reports a client that leaves a piece lying', async () => {
    const { pieces } = makeSource(1_000);
    const stalled = new Promise<void>((resolve) => {
      void start(pieces, 1, resolve).stream.then((stream) => void stream.read(0));
    });
    await expect(stalled).resolves.toBeUndefined();
    await pieces.return();
  });
});
