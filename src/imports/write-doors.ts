/**
 * Writes doors through the write path: households with their addresses, contacts, the links between them, the places
 * on the list and in the campaign. Each is a batch of its own, and each create of something that is there answers with
 * it, so a batch that was interrupted anywhere is finished by writing it again, and one that was finished changes
 * nothing. A contact that is there stays as it is: what canvassers have learned since outranks the file.
 */
import type { Viewer } from '../access/viewer.ts';
import type { JsonObject } from '../json.ts';
import { findAttribute, type Model } from '../model.ts';
import type { Problem } from '../problem.ts';
import type { Output } from '../read/selection.ts';
import type { Verdict as RowVerdict } from '../write/change.ts';
import type { Writer } from '../write/writer.ts';
import { makeContactId } from './contact-id.ts';
import type { Door, DoorWriter, Verdict } from './door.ts';

export interface DoorTarget {
  readonly campaignId: string;
  readonly listId: string;
  /** How the campaign treats the doors of the list: normal, high-priority, do-not-knock. */
  readonly type: string;
  /** The group of everything that the import makes: the campaign's. */
  readonly securityGroupId: string;
}

export interface DoorWriterOptions {
  readonly model: Model;
  readonly writer: Writer;
  readonly viewer: Viewer;
  /** Asked before the first batch and not sooner, so that a file which cannot be read leaves no empty list behind. */
  readonly findTarget: () => Promise<DoorTarget>;
}

type Row = Exclude<RowVerdict, { readonly problem: Problem }>;

/** A door on its way: what was made of it so far. */
interface Progress {
  readonly door: Door;
  householdId: string;
  contactId: string;
  linkId: string;
  verdict: Verdict;
}

interface Create {
  readonly id: string | null;
  readonly data: JsonObject;
}

export function makeDoorWriter({ model, writer, viewer, findTarget }: DoorWriterOptions): DoorWriter {
  let target: Promise<DoorTarget> | null = null;

  async function createAll(
    resource: string,
    group: string,
    creates: readonly Create[],
  ): Promise<readonly RowVerdict[]> {
    const changes = creates.map(({ id, data }) => {
      return { kind: 'create', id, securityGroupId: group, data, params: {} } as const;
    });
    const verdicts = await writer.write(viewer, model.get(resource), changes, {
      onError: 'continue',
      members: resource === 'contact' ? externalIdOf(model) : [],
      spelling: 'rest',
      requestId: null,
      logging: 'without-values',
    });
    return verdicts.map((verdict, index) => answerKnownId(verdict, creates[index]!));
  }

  /** Writes one row for each door that has come through so far; `keep` is told its id. */
  async function step(
    resource: string,
    group: string,
    doors: readonly Progress[],
    makeCreate: (progress: Progress) => Create,
    keep: (progress: Progress, row: Row) => void,
  ): Promise<void> {
    const open = doors.filter(({ verdict }) => typeof verdict !== 'object');
    if (open.length === 0) return;
    const verdicts = await createAll(resource, group, open.map(makeCreate));
    open.forEach((progress, index) => {
      const verdict = verdicts[index]!;
      if ('problem' in verdict) progress.verdict = reject(resource, verdict.problem);
      else keep(progress, verdict);
    });
  }

  return {
    async write(batch) {
      target ??= findTarget();
      const { campaignId, listId, type, securityGroupId: group } = await target;
      const doors = batch.map((door): Progress => {
        return { door, householdId: '', contactId: '', linkId: '', verdict: 'existing' };
      });
      await step('household', group, doors, makeHousehold, (each, { id }) => (each.householdId = id));
      await step('contact', group, doors, makeContact(group), (each, row) => {
        each.contactId = row.id;
        each.verdict = judge(each.door, row);
      });
      await step(
        'contactHousehold',
        group,
        doors,
        ({ contactId, householdId }) => ({ id: null, data: { contactId, householdId } }),
        (each, { id }) => (each.linkId = id),
      );
      const link = ({ linkId: contactHouseholdId }: Progress): JsonObject => ({ contactHouseholdId });
      const nothing = (): void => undefined;
      await step(
        'contactHouseholdList',
        group,
        doors,
        (each) => ({ id: null, data: { ...link(each), listId } }),
        nothing,
      );
      await step(
        'contactHouseholdCampaign',
        group,
        doors,
        (each) => ({ id: null, data: { ...link(each), campaignId, type, state: `not-contacted-${type}` } }),
        nothing,
      );
      return doors.map(({ verdict }) => verdict);
    },
  };
}

/** An id that we chose, and that belongs to another body: the same person, of whom the file says more or less now. */
function answerKnownId(verdict: RowVerdict, { id }: Create): RowVerdict {
  if (id === null || !('problem' in verdict) || verdict.problem.code !== 'ID_TAKEN') return verdict;
  return { outcome: 'existing', id, etag: '', text: '{}' };
}

function makeHousehold({ door: { address, unitNum, householdExternalId } }: Progress): Create {
  const unit = unitNum === null ? {} : { unitNum };
  const external = householdExternalId === null ? {} : { externalId: householdExternalId };
  return { id: null, data: { ...unit, ...external, address: { data: address as unknown as JsonObject } } };
}

function makeContact(group: string): (progress: Progress) => Create {
  return ({ door, householdId }) => {
    const data = { ...(door.contact as unknown as JsonObject), primaryHouseholdId: householdId };
    return { id: makeContactId(door, group), data };
  };
}

function externalIdOf(model: Model): readonly Output[] {
  const attribute = findAttribute(model.get('contact'), ['data', 'externalId'])!;
  return [{ kind: 'attribute', key: 'externalId', attribute }];
}

/** The same person under the id of the file was there before; under another id it is two rows about one person. */
function judge({ contact }: Door, row: Row): Verdict {
  if (row.outcome === 'created') return 'created';
  const { externalId } = JSON.parse(row.text) as { readonly externalId?: string };
  return contact.externalId === undefined || contact.externalId === externalId ? 'existing' : 'duplicate';
}

function reject(resource: string, problem: Problem): Verdict {
  const { errors = [] } = problem.facts;
  const reasons = errors.map(({ pointer, message }) => `${pointer} ${message}`);
  const label = resource.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return { rejected: `the ${label} cannot be written: ${reasons.length > 0 ? reasons.join('; ') : problem.detail}` };
}
