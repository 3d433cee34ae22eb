/** `doorstep seed`: the demo, or a customer of the size that benchmarks need. */
import { type Command, InvalidArgumentError } from 'commander';
import { CommandFailure } from '../command-failure.ts';
import { readSurroundings, type Surroundings } from '../surroundings.ts';
import { withHouse } from '../with-house.ts';
import { loadLarge } from './load-large.ts';
import { seedDemo } from './seed-demo.ts';

interface SeedOptions {
  readonly contacts?: number;
  readonly interactions?: number;
}

export function addSeed(program: Command): void {
  program
    .command('seed')
    .description('Load the demo, or with numbers a large customer for benchmarks. The demo is loaded once only.')
    .option('--contacts <number>', 'a customer of its own with so many contacts', parseCount)
    .option('--interactions <number>', 'and so many interactions, five for each contact unless said', parseCount)
    .addHelpText('after', '\nExample:\n  doorstep seed --contacts 1000000 --interactions 5000000')
    .action(async ({ contacts, interactions }: SeedOptions, command: Command) => {
      if (contacts === undefined && interactions !== undefined) {
        command.error('error: --interactions needs --contacts', { code: 'doorstep.usage', exitCode: 2 });
      }
      const surroundings = readSurroundings();
      if (contacts === undefined) await seedDemoOnce(surroundings);
      else await seedLarge(surroundings, contacts, interactions ?? contacts * 5);
    });
}

async function seedDemoOnce(surroundings: Surroundings): Promise<void> {
  const outcome = await withHouse(surroundings, { migrate: true }, (house, signal) =>
    seedDemo(house, { ...surroundings, signal }),
  );
  if (outcome === 'stopped') throw new CommandFailure('The demo was stopped. Run it again, and it goes on.');
  surroundings.say(outcome === 'loaded' ? 'The demo is loaded.' : 'The demo is there already; nothing was changed.');
}

async function seedLarge(surroundings: Surroundings, contacts: number, interactions: number): Promise<void> {
  const { rows, seconds } = await withHouse(surroundings, { migrate: true }, (house, signal) =>
    loadLarge(house, { ...surroundings, contacts, interactions, signal }),
  );
  const rate = Math.round(rows / Math.max(seconds, 0.001));
  const [shownRows, shownRate] = [rows, rate].map((each) => each.toLocaleString('en-US'));
  surroundings.say(`Loaded ${shownRows} rows in ${seconds.toFixed(1)} s, ${shownRate} a second.`);
}

function parseCount(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count > 0) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 999999999.');
}
