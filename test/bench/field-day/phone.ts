/**
 * A canvasser with a phone. They walk from stop to stop whether or not there is a signal; when there is one the phone
 * pulls, and pushes what it has in any order, several times over, and now and then hangs up in the middle of the answer.
 */
import { makeId } from '../harness/make-id.ts';
import { type Document, makeShelves, type Shelves, stopMembers } from './shelves.ts';
import { NoSignal, type Talk } from './talk.ts';

export interface Visit {
  readonly [member: string]: string | number | boolean | null;
  readonly id: string;
  readonly walklistId: string;
}

interface Row {
  readonly assumedMasterState?: object;
  readonly newDocumentState: { readonly id: string };
}

export interface Phone {
  readonly userId: string;
  readonly token: string;
  readonly shelves: Shelves;
  /** Everything that was ever recorded on it. */
  readonly made: ReadonlyMap<string, Visit>;
  /** Visits that the server has refused. */
  readonly refused: ReadonlySet<string>;
  readonly pushes: () => number;
  /** Some doors, and perhaps a signal. False when nothing is left to walk. */
  turn(): Promise<boolean>;
  /** With a signal until everything is out and in. Throws NoSignal. */
  comeHome(): Promise<void>;
}

export interface PhoneOptions {
  readonly userId: string;
  readonly token: string;
  readonly campaignId: string;
  readonly surveyId: string;
  readonly talk: Talk;
  /** From 0 to 1. */
  readonly random: () => number;
}

const visitMembers = 'id syncSeq isDeleted contactId householdId timestamp successful unavailable walklistId';

export function makePhone(options: PhoneOptions): Phone {
  const { userId, token, campaignId, surveyId, talk, random } = options;
  const shelves = makeShelves(talk, token);
  const made = new Map<string, Visit>();
  const refused = new Set<string>();
  const outboxes = { interaction: new Map<string, Row>(), walklistItem: new Map<string, Row>() };
  const walked = new Set<string>();
  let pushes = 0;
  const chance = (part: number): boolean => random() < part;
  const pick = (most: number): number => 1 + Math.floor(random() * most);

  const knock = (stop: Document): void => {
    walked.add(stop.id);
    const { householdId, walklistId } = stop as Document & { householdId: string; walklistId: string };
    for (const contact of shelves.of('contact').values()) {
      if (!String(contact['households']).includes(householdId) || chance(0.3)) continue;
      const unavailable = chance(0.4);
      const visit: Visit = {
        ...{ id: makeId(), isDeleted: false, campaignId, contactId: contact.id, householdId, walklistId, surveyId },
        ...{ timestamp: new Date(Date.UTC(2026, 5, 1) + made.size * 60_000).toISOString(), responses: '{}' },
        ...{ unavailable, unavailableReason: unavailable ? 'Not Home' : null, successful: !unavailable && chance(0.5) },
      };
      made.set(visit.id, visit);
      outboxes.interaction.set(visit.id, { newDocumentState: visit });
    }
    const newDocumentState = { ...stop, progress: chance(0.9) ? 'done' : 'skipped' };
    outboxes.walklistItem.set(stop.id, { assumedMasterState: stop, newDocumentState });
  };

  /** Some rows once, or several times at once; what an answer came for is out. */
  const pushSome = async (name: 'interaction' | 'walklistItem'): Promise<void> => {
    const outbox = outboxes[name];
    const shuffled = [...outbox.values()].sort(() => random() - 0.5).slice(0, pick(40));
    if (shuffled.length === 0) return;
    const sendings = Array.from({ length: chance(0.2) ? pick(4) + 1 : 1 }, () => push(name, shuffled));
    const answers = await Promise.allSettled(sendings);
    pushes += answers.length;
    const answered = answers.find((answer) => answer.status === 'fulfilled');
    if (answered === undefined) throw (answers[0] as PromiseRejectedResult).reason;
    for (const { newDocumentState } of shuffled) outbox.delete(newDocumentState.id);
    for (const document of answered.value) {
      if (name === 'interaction') refused.add(document.id);
      else if (document.isDeleted) shelves.of(name).delete(document.id);
    }
  };

  const push = async (name: 'interaction' | 'walklistItem', rows: readonly Row[]): Promise<readonly Document[]> => {
    const typeName = name === 'interaction' ? 'Interaction' : 'WalklistItem';
    const query = `mutation Push${typeName}($${name}PushRow: [${typeName}InputPushRow!]) {
      push${typeName}(${name}PushRow: $${name}PushRow) { ${name === 'interaction' ? visitMembers : stopMembers} } }`;
    const cut = chance(0.1) ? { cutAfterMs: pick(30) } : {};
    const data = await talk.ask<Record<string, readonly Document[]>>(token, query, { [`${name}PushRow`]: rows }, cut);
    return data[`push${typeName}`]!;
  };

  const sync = async (): Promise<void> => {
    await shelves.pull();
    await pushSome('interaction');
    await pushSome('walklistItem');
  };

  return {
    ...{ userId, token, shelves, made, refused, pushes: () => pushes },
    async turn() {
      const open = [...shelves.of('walklistItem').values()].filter(({ id }) => !walked.has(id));
      for (const stop of open.slice(0, pick(4))) knock(stop);
      const needsSignal = made.size === 0 && open.length === 0;
      if (needsSignal || chance(0.3)) {
        await sync().catch((error: unknown) => {
          if (!(error instanceof NoSignal)) throw error;
        });
      }
      return open.length > 0 || (needsSignal && shelves.of('walklistItem').size > 0);
    },
    async comeHome() {
      do await sync();
      while (outboxes.interaction.size + outboxes.walklistItem.size > 0);
      await shelves.pull();
    },
  };
}
