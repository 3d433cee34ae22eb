/** The office: it gives out walks in the morning, takes some away and hands some over in mid-shift, and looks at the end. */
import type { Talk } from './talk.ts';
import { insist } from './talk.ts';

export interface OfficeOptions {
  readonly talk: Talk;
  readonly token: string;
  readonly organizationId: string;
  readonly canvasserRoleId: string;
}

export interface Morning {
  readonly campaignId: string;
  readonly surveyId: string;
  readonly userIds: readonly string[];
  readonly walklistIds: readonly string[];
}

export interface StoredVisit {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Office {
  /** A walk of so many doors for each of so many canvassers. */
  open(canvassers: number, doors: number): Promise<Morning>;
  revoke(walklistId: string): Promise<void>;
  handOver(walklistId: string, userId: string): Promise<void>;
  /** Of walks. */
  visits(): Promise<readonly StoredVisit[]>;
  rejectedIds(): Promise<ReadonlySet<string>>;
  /** The walks that each person has, by their user. */
  walksOf(): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

const everything = 'limit=9007199254740991';
const batch = 10;

export function makeOffice({ talk, token, organizationId, canvasserRoleId }: OfficeOptions): Office {
  const ask = <Data>(query: string, variables: object = {}) => insist(() => talk.ask<Data>(token, query, variables));
  const list = <Row>(path: string) => insist(() => talk.rest<{ data: readonly Row[] }>(token, 'GET', path));
  const createAll = async (name: string, item: string, items: readonly object[]): Promise<readonly string[]> => {
    const made: string[] = [];
    const one = item.charAt(0).toLowerCase() + item.slice(1);
    for (let from = 0; from < items.length; from += batch) {
      const query = `mutation ($items: [${item}Create!]!) { create${name}(items: $items) { ${one} { id } } }`;
      const answer = await ask<Record<string, readonly Record<string, { readonly id: string }>[]>>(query, {
        items: items.slice(from, from + batch),
      });
      made.push(...answer[`create${name}`]!.map((verdict) => verdict[one]!.id));
    }
    return made;
  };
  const readDoors = async (count: number): Promise<readonly string[]> => {
    const { data } = await list<{ id: string }>(
      `/v2/households?limit=${count}&sort=${encodeURIComponent('["/id","ASC"]')}`,
    );
    if (data.length < count) throw new Error(`There are ${data.length} doors, and ${count} are needed.`);
    return data.map(({ id }) => id);
  };
  const patch = (id: string, operations: readonly object[]) =>
    insist(() => talk.rest<object>(token, 'PATCH', `/v1/walklists/${id}`, { data: operations }));
  return {
    async open(canvassers, doors) {
      const { campaigns, surveys } = await ask<Record<string, { nodes: readonly { id: string }[] }>>(
        '{ campaigns { nodes { id } } surveys { nodes { id } } }',
      );
      const [campaignId, surveyId] = [campaigns!.nodes[0]!.id, surveys!.nodes[0]!.id];
      const people = Array.from({ length: canvassers }, (_, index) => ({
        input: { email: `canvasser-${index}@doorstep.example`, status: 'active' },
      }));
      const userIds = await createAll('Users', 'User', people);
      const memberships = userIds.map((userId) => ({
        input: { organizationId, userId, roleId: canvasserRoleId, status: 'active' },
      }));
      await createAll('Memberships', 'Membership', memberships);
      const households = await readDoors(canvassers * doors);
      const walks = userIds.map((userId, index) => ({
        input: {
          ...{ name: `Walk ${index}`, campaignId, userId, status: 'checked_out' },
          stops: households
            .slice(index * doors, (index + 1) * doors)
            .map((householdId) => ({ householdId, contactHouseholdIds: [] })),
        },
      }));
      return { campaignId, surveyId, userIds, walklistIds: await createAll('Walklists', 'Walklist', walks) };
    },
    async revoke(id) {
      const unset = ['userId', 'expires'].map((name) => ({ op: 'replace', path: `/${name}`, value: null }));
      await patch(id, [{ op: 'replace', path: '/status', value: 'open' }, ...unset]);
    },
    async handOver(id, userId) {
      await patch(id, [{ op: 'replace', path: '/userId', value: userId }]);
    },
    async visits() {
      const { data } = await list<StoredVisit>(`/v2/interactions?${everything}`);
      // The seed's own belong to no walk.
      return data.filter((visit) => visit.data['walklistId'] !== undefined);
    },
    async rejectedIds() {
      const { data } = await list<{ data: { documentId: string } }>(`/v1/sync-rejections?${everything}`);
      return new Set(data.map((row) => row.data.documentId));
    },
    async walksOf() {
      const { data } = await list<{ id: string; data: { userId?: string; status: string } }>(
        `/v1/walklists?${everything}`,
      );
      const walks = new Map<string, Set<string>>();
      for (const {
        id,
        data: { userId, status },
      } of data) {
        if (userId === undefined || status === 'done') continue;
        walks.set(userId, (walks.get(userId) ?? new Set()).add(id));
      }
      return walks;
    },
  };
}
