/**
 * Where the embedded server lives: `DATA_DIR/postgres`, closed to everybody but the server's user and root.
 *
 * When root starts us inside a folder that the server's user cannot pass through (/root, a checkout with mode 0700),
 * that name becomes a symbolic link to a folder in /var/lib/doorstep. The link is the only record, so that a data
 * folder can be moved, and a fresh one never meets the data of its predecessor.
 */
import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, realpath, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { canEnter, findServerUser, type ServerUser } from './server-user.ts';
import { StartError } from './start-error.ts';

export interface Place {
  /** The real path of a folder that belongs to the server's user. */
  readonly folder: string;
  readonly user: ServerUser | null;
  /** Something that the person who starts the server should know. */
  readonly notice: string | null;
}

const elsewhere = '/var/lib/doorstep';

export async function choosePlace(dataDir: string): Promise<Place> {
  // Mode 0755 also under a strict umask: the server's user has to pass through. What is secret has its own mode.
  if ((await mkdir(dataDir, { recursive: true })) !== undefined) await chmod(dataDir, 0o755);
  const home = await realpath(dataDir);
  const link = join(home, 'postgres');
  const user = await findServerUser();
  if (!(await exists(link))) {
    if (await canEnter(user, home)) await makeFolder(link, user);
    else await linkElsewhere(link, user);
  }
  const folder = await realpath(link);
  const owner = await ownerOf(folder, user);
  if (!(await canEnter(owner, folder))) {
    throw new StartError(
      `${folder} holds the database, but ${owner === null ? 'you' : `the user ${owner.name}`} cannot enter it. ` +
        'Give the folders above it the permission to pass through (chmod o+x), or start as the user who made it.',
    );
  }
  const moved = folder === link ? null : `The database lives in ${folder}, because its user cannot enter ${home}.`;
  return { folder, user: owner, notice: moved };
}

/** Root goes on as the user who owns the data, whoever that is; another user's data is refused by canEnter. */
async function ownerOf(folder: string, user: ServerUser | null): Promise<ServerUser | null> {
  if (user === null) return null;
  const { uid, gid } = await stat(folder);
  return uid === user.uid || uid === 0 ? user : { name: `with the id ${uid}`, uid, gid };
}

async function linkElsewhere(link: string, user: ServerUser | null): Promise<void> {
  const project = basename(dirname(dirname(link))).replaceAll(/[^\w.-]/g, '_');
  const folder = join(elsewhere, `${project}-${randomBytes(6).toString('hex')}`);
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  await makeFolder(folder, user);
  await symlink(folder, link).catch(ignore('EEXIST'));
}

async function makeFolder(folder: string, user: ServerUser | null): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch(ignore('EEXIST'));
  if (user !== null) await chown(folder, user.uid, user.gid);
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Another process may be making the same thing at the same moment. */
export function ignore(...codes: readonly string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code === undefined || !codes.includes(error.code)) throw error;
  };
}
