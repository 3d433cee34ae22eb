/** The list of an import: found by its name in the campaign's organization, or made, and one of the campaign's lists. */
import type { Viewer } from '../../access/viewer.ts';
import type { DoorTarget } from '../../imports/write-doors.ts';
import { findList, type ImportCampaign } from '../../store/import-targets.ts';
import type { Change } from '../../write/change.ts';
import { CommandFailure } from '../command-failure.ts';
import type { House } from '../with-house.ts';

type Parts = Pick<House, 'prisma' | 'model' | 'writer'> & { readonly viewer: Viewer };

export async function ensureTarget(parts: Parts, campaign: ImportCampaign, listName: string): Promise<DoorTarget> {
  const { id: campaignId, securityGroupId, organizationId } = campaign;
  const found = await findList(parts.prisma, campaign, listName);
  const data = { name: listName, organizationId };
  const listId =
    found?.id ?? (await write(parts, 'list', { kind: 'create', id: null, securityGroupId, data, params: {} }));
  const known = found?.type ?? null;
  const type = known ?? 'normal';
  if (known === null) {
    const operations = () => [{ op: 'add', path: '/lists/-', value: { listId, type } } as const];
    await write(parts, 'campaign', { kind: 'patch', id: campaignId, etags: '*', operations });
  }
  return { campaignId, listId, type, securityGroupId };
}

async function write({ model, writer, viewer }: Parts, resource: string, change: Change): Promise<string> {
  const [verdict] = await writer.write(viewer, model.get(resource), [change], {
    onError: 'abort',
    members: [],
    spelling: 'rest',
    requestId: null,
    logging: 'without-values',
  });
  if (verdict !== undefined && 'id' in verdict) return verdict.id;
  throw new CommandFailure(`The ${resource} of the import cannot be written: ${verdict?.problem.message}`);
}
