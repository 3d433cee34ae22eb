/**
 * What a resolver of the usual stack is given: Prisma, the conditions of the caller, and the loaders, which are made
 * anew for each request, as dataloader's documentation has it.
 */
import DataLoader from 'dataloader';
import type { PrismaClient } from '../../../../src/store/prisma/client.ts';
import type { Campaign } from './campaign.ts';
import type { Contact } from './contact.ts';
import type { Household } from './household.ts';
import type { Interaction } from './interaction.ts';

export interface Caller {
  readonly customerId: string;
  readonly groups: readonly string[];
}

export interface RequestContext {
  readonly prisma: PrismaClient;
  readonly own: Own;
  readonly contacts: DataLoader<string, Contact | null>;
  readonly households: DataLoader<string, Household | null>;
  readonly campaigns: DataLoader<string, Campaign | null>;
  readonly contactsOfHousehold: DataLoader<string, readonly Contact[]>;
  /** The newest interactions of contacts, so many of each. */
  readonly newestOfContact: (take: number) => DataLoader<string, readonly Interaction[]>;
}

/** The caller's customer and groups, and nothing that is deleted. */
type Own = ReturnType<typeof makeOwn>;

function makeOwn({ customerId, groups }: Caller) {
  return { customerId, securityGroupId: { in: [...groups] }, isDeleted: false };
}

export function makeRequestContext(prisma: PrismaClient, caller: Caller): RequestContext {
  const own = makeOwn(caller);
  const among = (ids: readonly string[]) => ({ where: { ...own, id: { in: [...ids] } } });
  const loaders = new Map<number, DataLoader<string, readonly Interaction[]>>();
  return {
    prisma,
    own,
    contacts: new DataLoader(async (ids) => inOrder(ids, await prisma.contact.findMany(among(ids)))),
    households: new DataLoader(async (ids) => inOrder(ids, await prisma.household.findMany(among(ids)))),
    campaigns: new DataLoader(async (ids) => inOrder(ids, await prisma.campaign.findMany(among(ids)))),
    contactsOfHousehold: new DataLoader(async (ids) => {
      const links = await prisma.contactHousehold.findMany({
        where: { ...own, householdId: { in: [...ids] }, contactRow: own },
        include: { contactRow: true },
        orderBy: { contactId: 'asc' },
      });
      const byHousehold = new Map<string, Contact[]>(ids.map((id) => [id, []]));
      for (const { householdId, contactRow } of links) byHousehold.get(householdId)?.push(contactRow);
      return ids.map((id) => byHousehold.get(id)!);
    }),
    newestOfContact(take) {
      const known = loaders.get(take);
      if (known !== undefined) return known;
      const loader = new DataLoader<string, readonly Interaction[]>(async (ids) => {
        const newest = { where: own, orderBy: [{ timestamp: 'desc' as const }, { id: 'desc' as const }], take };
        const found = await prisma.contact.findMany({
          ...among(ids),
          select: { id: true, fromInteractionByContactId: newest },
        });
        const byContact = new Map(found.map(({ id, fromInteractionByContactId: rows }) => [id, rows]));
        return ids.map((id) => byContact.get(id) ?? []);
      });
      loaders.set(take, loader);
      return loader;
    },
  };
}

/** A loader answers in the order of its keys. */
function inOrder<Row extends { readonly id: string }>(
  ids: readonly string[],
  rows: readonly Row[],
): readonly (Row | null)[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}
