/** What an import asks before it begins: whose campaign that is, and which of its lists has the name. */
import type { PrismaClient } from './prisma/client.ts';

export interface ImportCampaign {
  readonly id: string;
  readonly name: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly securityGroupId: string;
  readonly organizationId: string;
}

/** The campaigns with this id. Ids are unique within a customer, so two customers may each have one. */
export async function findCampaigns(prisma: PrismaClient, id: string): Promise<readonly ImportCampaign[]> {
  const campaigns = await prisma.campaign.findMany({
    where: { id, isDeleted: false },
    select: { customerId: true, name: true, securityGroupId: true, organizationId: true },
  });
  const customers = await prisma.customer.findMany({
    where: { id: { in: campaigns.map(({ customerId }) => customerId) } },
    select: { id: true, name: true },
  });
  const names = new Map(customers.map((customer) => [customer.id, customer.name]));
  return campaigns.map((campaign) => {
    return { id, ...campaign, customerName: names.get(campaign.customerId) ?? campaign.customerId };
  });
}

export interface ImportList {
  readonly id: string;
  /** How the campaign treats the list's doors; null while it is not one of the campaign's lists. */
  readonly type: string | null;
}

/** The oldest list of that name in the campaign's organization. */
export async function findList(
  prisma: PrismaClient,
  { customerId, organizationId, id: campaignId }: ImportCampaign,
  name: string,
): Promise<ImportList | null> {
  const live = { customerId, isDeleted: false };
  const list = await prisma.list.findFirst({
    where: { ...live, organizationId, name },
    orderBy: [{ created: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  if (list === null) return null;
  const item = await prisma.campaignListsItem.findFirst({
    where: { ...live, campaignId, listId: list.id },
    select: { type: true },
  });
  return { id: list.id, type: item === null ? null : (item.type ?? 'normal') };
}
