/**
 * Who the claims of a token stand for today: the person's memberships, their roles and the tree of organizations,
 * read through Prisma's client and remembered for three seconds. A change made here is forgotten at once; one made by
 * another process shows within that time, which is how fast a disabled member is cut off.
 */
import { LRUCache } from 'lru-cache';
import type { TokenClaims, TokenGrant } from '../access/token-claims.ts';
import { makeViewer, type Viewer } from '../access/viewer.ts';
import { hashOfRecord } from './oauth-records.ts';
import type { PrismaClient } from './prisma/client.ts';

export interface Viewers {
  /** Null when the person is gone, may not sign in, or is no active member of the token's organization or one above it. */
  find(claims: TokenClaims): Promise<Viewer | null>;
  /** Something that viewers are made of has changed for this customer. */
  forget(customerId: string): void;
}

const rememberedMs = 3_000;

/** The resources whose rows decide who may do what. */
export const viewerResources: ReadonlySet<string> = new Set([
  'membership',
  'organization',
  'role',
  'user',
  'securityGroup',
]);

export function makeViewers({ prisma }: { readonly prisma: PrismaClient }): Viewers {
  const remembered = new LRUCache<string, { readonly viewer: Promise<Viewer | null>; readonly customerId: string }>({
    max: 10_000,
    ttl: rememberedMs,
  });
  // The claims of a token are the same object for as long as the token is known.
  const keys = new WeakMap<TokenClaims, string>();
  const keyOf = (claims: TokenClaims): string => {
    const { customerId, userId, organizationId, client, grant } = claims;
    const key = keys.get(claims) ?? JSON.stringify([customerId, userId, organizationId, client, grant?.id]);
    keys.set(claims, key);
    return key;
  };
  return {
    find(claims) {
      const key = keyOf(claims);
      const known = remembered.get(key);
      if (known !== undefined) return known.viewer;
      const viewer = readViewer(prisma, claims);
      remembered.set(key, { viewer, customerId: claims.customerId });
      // A database that was away for a moment must not refuse people for longer.
      viewer.catch(() => remembered.delete(key));
      return viewer;
    },
    forget(customerId) {
      for (const [key, entry] of remembered.entries()) if (entry.customerId === customerId) remembered.delete(key);
    },
  };
}

async function readViewer(prisma: PrismaClient, claims: TokenClaims): Promise<Viewer | null> {
  const { customerId, userId, organizationId, client, grant } = claims;
  const live = { customerId, isDeleted: false };
  const [user, memberships, organizations, isGranted] = await Promise.all([
    prisma.user.findFirst({ where: { ...live, id: userId, status: { not: 'inactive' } }, select: { id: true } }),
    prisma.membership.findMany({
      where: { ...live, userId, status: 'active' },
      select: { organizationId: true, roleRow: { select: { permissions: true, isDeleted: true } } },
    }),
    prisma.organization.findMany({ where: live, select: { id: true, parentId: true, securityGroupId: true } }),
    grant === undefined || isGrantLive(prisma, grant),
  ]);
  const own = new Set(memberships.map((membership) => membership.organizationId));
  if (user === null || !isGranted || !isBelow(organizationId, own, organizations)) return null;
  return makeViewer({
    customerId,
    userId,
    client,
    organizations,
    memberships: memberships.map(({ roleRow, organizationId: id }) => ({
      organizationId: id,
      status: 'active',
      permissions: roleRow.isDeleted ? [] : textsOf(roleRow.permissions),
    })),
    tokenOrganizationId: organizationId,
  });
}

/** An application that was removed, and a grant that was taken back, take their tokens along. */
async function isGrantLive(prisma: PrismaClient, { clientId, id }: TokenGrant): Promise<boolean> {
  if (id === null) return (await prisma.oauthClient.count({ where: { id: clientId } })) > 0;
  const idHash = new Uint8Array(hashOfRecord('Grant', id));
  return (await prisma.oauthRecord.count({ where: { kind: 'Grant', idHash, clientId } })) > 0;
}

/** Whether the organization, or one above it, is among those; the tree may hold a circle. */
function isBelow(
  organizationId: string,
  those: ReadonlySet<string>,
  organizations: readonly { readonly id: string; readonly parentId: string | null }[],
): boolean {
  const parents = new Map(organizations.map(({ id, parentId }) => [id, parentId]));
  const seen = new Set<string>();
  for (let at: string | null = organizationId; at !== null && parents.has(at) && !seen.has(at); at = parents.get(at)!) {
    if (those.has(at)) return true;
    seen.add(at);
  }
  return false;
}

/** Permissions are a document: whoever wrote it may have put anything there. */
function textsOf(permissions: unknown): readonly string[] {
  return Array.isArray(permissions) ? permissions.filter((each): each is string => typeof each === 'string') : [];
}
