/**
 * The load generator: autocannon, in a process of its own, so that what it costs is not the server's. It is told an
 * amount and not a time, because autocannon drops what is under way when the time is up, and a slow server would go on
 * working at that while the next contender is being measured.
 */
import autocannon from 'autocannon';
import type { Load, Outcome } from '../harness/load.ts';
import { median } from '../harness/median.ts';

function generate({ url, requests, connections, amount }: Load): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    let bytes = 0;
    let strange = 0;
    let last = 0;
    let begun = 0;
    const first = performance.now();
    const instance = autocannon(
      {
        url,
        connections,
        amount,
        timeout: 120,
        // How often it looks whether all is done.
        sampleInt: 20,
        // Each connection begins elsewhere, or sixteen would ask for the same row at the same time.
        setupClient: (client) => {
          const from = Math.floor((begun++ * requests.length) / connections);
          const own = [...requests.slice(from), ...requests.slice(0, from)].slice(0, Math.ceil(amount / connections));
          client.setRequests(own.map(({ method, path, headers, body }) => ({ method, path, headers, body })));
        },
      },
      (error: Error | null, result) => {
        if (error !== null) return reject(error);
        const failures = result.errors + result.timeouts + strange;
        resolve({ answers: times.length, seconds: (last - first) / 1000, bytes, failures, medianMs: median(times) });
      },
    );
    instance.on('response', (_client, status, size, ms) => {
      if (status !== 200) strange += 1;
      bytes += size;
      times.push(ms);
      last = performance.now();
    });
  });
}

process.on('message', (load: Load) => {
  generate(load).then(
    (outcome) => process.send!({ outcome }),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
