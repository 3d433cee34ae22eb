/** `doorstep client`: which applications may ask for tokens. What they may do is what the person, or their user, may do. */
import type { Command } from 'commander';
import { makeClients, type OauthClient } from '../../sign-in/clients.ts';
import { CommandFailure } from '../command-failure.ts';
import { readSurroundings, type Surroundings } from '../surroundings.ts';
import { withHouse } from '../with-house.ts';
import { addAddClient } from './add-client.ts';

export function addClient(program: Command): void {
  const client = program
    .command('client')
    .description('Register applications that sign people in, or act for themselves.');
  addAddClient(client);
  client
    .command('list')
    .description('Print the applications, one a line: id, name, what it is, where it sends people back to.')
    .action(() => printClients(readSurroundings()));
  client
    .command('remove')
    .description(
      'Remove an application. Its tokens are void within seconds, and what people granted to it is forgotten.',
    )
    .argument('<id>', 'its client_id')
    .action((id: string) => removeClient(id, readSurroundings()));
}

async function printClients(surroundings: Surroundings): Promise<void> {
  const { clock, say } = surroundings;
  const clients = await withHouse(surroundings, { migrate: false }, ({ database }) =>
    makeClients({ database, clock }).list(),
  );
  for (const client of clients) say([client.id, client.name, describe(client), ...client.redirectUris].join('\t'));
}

function describe({ secretHash, needsPkce, actsAs }: OauthClient): string {
  if (actsAs !== null) return `acts as user ${actsAs.userId}`;
  if (secretHash === null) return 'public, with PKCE';
  return needsPkce ? 'with a secret and PKCE' : 'with a secret, without PKCE';
}

async function removeClient(id: string, surroundings: Surroundings): Promise<void> {
  const { clock, remark } = surroundings;
  const isRemoved = await withHouse(surroundings, { migrate: false }, ({ database }) =>
    makeClients({ database, clock }).remove(id),
  );
  if (!isRemoved) throw new CommandFailure(`There is no client with the id ${id}.`);
  remark(`The client ${id} is removed.`);
}
