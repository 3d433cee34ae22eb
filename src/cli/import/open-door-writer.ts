/** The write path for one import: in the name of nobody, for one campaign, onto one list. */
import { makeSystemViewer } from '../../access/viewer.ts';
import type { DoorWriter } from '../../imports/door.ts';
import { makeDoorWriter } from '../../imports/write-doors.ts';
import type { House } from '../with-house.ts';
import { chooseCampaign } from './choose-campaign.ts';
import { ensureTarget } from './ensure-target.ts';

export interface DoorWriterChoice {
  readonly campaign: string;
  readonly list: string;
  readonly customer?: string;
}

export async function openDoorWriter(
  { model, writer, prisma }: Pick<House, 'model' | 'writer' | 'prisma'>,
  choice: DoorWriterChoice,
): Promise<DoorWriter> {
  const campaign = await chooseCampaign(prisma, choice);
  const { customerId, securityGroupId } = campaign;
  const viewer = makeSystemViewer({ customerId, organizationGroupId: securityGroupId, client: 'doorstep import' });
  const findTarget = () => ensureTarget({ prisma, model, writer, viewer }, campaign, choice.list);
  return makeDoorWriter({ model, writer, viewer, findTarget });
}
