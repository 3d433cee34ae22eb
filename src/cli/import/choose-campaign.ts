/** The campaign that an import is for. */
import { findCampaigns, type ImportCampaign } from '../../store/import-targets.ts';
import { CommandFailure } from '../command-failure.ts';
import type { House } from '../with-house.ts';
import { isUuid } from '../../uuid.ts';

export async function chooseCampaign(
  prisma: House['prisma'],
  { campaign: id, customer }: { readonly campaign: string; readonly customer?: string },
): Promise<ImportCampaign> {
  if (!isUuid(id)) throw new CommandFailure(`--campaign takes the id of a campaign, which ${id} is not.`, true);
  const found = await findCampaigns(prisma, id.toLowerCase());
  const [one, other] = found.filter(({ customerId }) => customerId === (customer ?? customerId));
  if (one === undefined) {
    const where = customer === undefined ? '' : ` of the customer ${customer}`;
    throw new CommandFailure(`There is no campaign ${id}${where}.`);
  }
  if (other === undefined) return one;
  const customers = found.map(({ customerId, customerName }) => `${customerName} (${customerId})`).join(', ');
  throw new CommandFailure(`Several customers have a campaign ${id}: ${customers}. Choose with --customer.`, true);
}
