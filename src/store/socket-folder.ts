/** Where the server's unix socket is. The kernel takes paths of about 107 bytes, and data folders may be longer. */
import { createHash } from 'node:crypto';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ignore, type Place } from './place.ts';
import { StartError } from './start-error.ts';

const longestPath = 100;

export async function ensureSocketFolder({ folder, user }: Place): Promise<string> {
  const near = join(folder, 'socket');
  // Not os.tmpdir(), which may be as long, or closed to the server's user.
  const far = `/tmp/doorstep-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  const socket = Buffer.byteLength(join(near, '.s.PGSQL.5432')) <= longestPath ? near : far;
  await mkdir(socket, { mode: 0o700 }).then(() => user && chown(socket, user.uid, user.gid), ignore('EEXIST'));
  // In /tmp anybody could have been there first.
  const found = await lstat(socket);
  const owners = [user?.uid ?? process.getuid?.(), process.getuid?.()];
  if (!found.isDirectory() || !owners.includes(found.uid) || (found.mode & 0o077) !== 0) {
    throw new StartError(
      `${socket} must be a folder that only the database's user can enter. Remove it and start again.`,
    );
  }
  return socket;
}
