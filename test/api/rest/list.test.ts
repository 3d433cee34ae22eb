import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../world.ts';
import { type Answer, briefly, type Call, makeCall } from './call.ts';

let world: World;
let call: Call;
/** The ids of the interactions from the first minute to the last. */
let ids: readonly string[];

/** Twelve, one a minute, every third of them unavailable. */
beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
  const made = [];
  for (let minute = 0; minute < 12; minute += 1) {
    const unavailable = minute % 3 === 0;
    const reason = unavailable ? { unavailableReason: minute < 6 ? 'Not Home' : 'Come Back' } : {};
    const timestamp = `2026-05-09T17:${String(minute).padStart(2, '0')}:00Z`;
    made.push(await world.create('alice', 'interaction', { timestamp, unavailable, ...reason }));
  }
  ids = made.map(({ id }) => id);
});
afterAll(() => world.close());

const list = (query = '', person: 'alice' | 'bob' | 'chelsea' | 'dora' | 'erin' = 'alice'): Promise<Answer> =>
  call(person, `GET /v2/interactions${query}`);
/** Which of the twelve, in the order of the answer. */
const minutesOf = ({ rows }: Answer): readonly number[] => rows.map(({ id }) => ids.indexOf(id));
const query = (...pairs: readonly (readonly [string, string])[]): string =>
  `?${new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString()}`;

const everyMinute = Array.from({ length: 12 }, (_, minute) => minute);
const newestFirst = [...everyMinute].reverse();

describe('a list', () => {
  it('holds envelopes, and carries neither etag nor cache', async () => {
    const { status, headers, text, rows } = await list();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers).not.toHaveProperty('etag');
    expect(headers).not.toHaveProperty('link');
    expect(text).toMatch(/^\{"data":\[.*\],"meta":\{\}\}$/);
    expect(rows).toHaveLength(12);
    expect(rows[0]).toEqual((await call('alice', `GET /v2/interactions/${ids[0] as string}`)).row);
  });

  it('holds what the caller may see, and nothing is an empty list', async () => {
    expect((await list('', 'bob')).rows).toHaveLength(12);
    for (const person of ['chelsea', 'dora', 'erin'] as const) {
      expect((await list('', person)).text).toBe('{"data":[],"meta":{}}');
    }
    expect((await list(query(['filter[/id]', ids[0] as string]), 'chelsea')).rows).toEqual([]);
  });

  it('is 401 for strangers, whatever they ask', async () => {
    expect(briefly(await call(null, 'GET /v2/interactions?limit=x'))).toBe('401 UNAUTHENTICATED');
  });

  it('answers HEAD with the headers of GET', async () => {
    const get = await list('?limit=5');
    const head = await call('alice', 'HEAD /v2/interactions?limit=5');
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['content-length', 'content-type', 'link']) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
    const stream = await call('alice', 'HEAD /v2/interactions?limit=9007199254740991');
    expect([stream.status, stream.text, stream.headers['content-type']]).toEqual([
      200,
      '',
      get.headers['content-type'],
    ]);
  });

  it('knows deleted rows for those who ask', async () => {
    const { id, etag } = await world.create('alice', 'note');
    const live = await world.create('alice', 'note');
    await call('alice', `DELETE /v2/notes/${id}`, { headers: { etag } });
    const notes = async (parameters: string) =>
      (await call('alice', `GET /v2/notes${parameters}`)).rows.map((row) => row.id);
    expect(await notes('')).toEqual([live.id]);
    expect(await notes('?deleted=exclude')).toEqual([live.id]);
    expect(await notes('?deleted=include')).toEqual([id, live.id]);
    expect(await notes('?deleted=only')).toEqual([id]);
    expect(await notes('?deleted=only&limit=5000')).toEqual([id]);
  });
});

describe('the filter of a list', () => {
  it.each<[string, readonly (readonly [string, string])[], readonly number[]]>([
    ['by the text of an attribute', [['filter[/data/unavailable]', 'true']], [0, 3, 6, 9]],
    ['without the first slash', [['filter[data/unavailable]', 'true']], [0, 3, 6, 9]],
    [
      'by several, which are ANDed',
      [
        ['filter[/data/unavailable]', 'true'],
        ['filter[/data/unavailableReason]', 'Come Back'],
      ],
      [6, 9],
    ],
    ['by the text of a timestamp', [['filter[/data/timestamp]', '2026-05-09T17:05:00.000Z']], [5]],
    ['by a text that no value has', [['filter[/data/campaignId]', 'no uuid']], []],
    [
      'by an expression',
      [['filter', '/data/unavailable eq true and not /data/unavailableReason like "Come*"']],
      [0, 3],
    ],
    ['by an expression without slashes', [['filter', 'data/timestamp gte "2026-05-09T17:10:00Z"']], [10, 11]],
    ['by nil', [['filter', '/data/unavailableReason eq nil and data/timestamp lt "2026-05-09T17:03:00Z"']], [1, 2]],
    [
      'by both notations',
      [
        ['filter[/data/unavailable]', 'false'],
        ['filter', 'data/timestamp lt "2026-05-09T17:04:00Z"'],
      ],
      [1, 2],
    ],
    [
      'by two expressions',
      [
        ['filter', '/data/unavailable eq true'],
        ['filter', 'data/timestamp lt "2026-05-09T17:04:00Z"'],
      ],
      [0, 3],
    ],
    [
      'by nothing, as an empty form sends it',
      [
        ['filter', ''],
        ['limit', ''],
        ['sort', ''],
        ['skip', ''],
      ],
      everyMinute,
    ],
    ['by the envelope', [['filter', 'meta/isDeleted eq false and meta/resource eq "interactions"']], everyMinute],
  ])('%s', async (_, pairs, expected) => {
    expect(minutesOf(await list(query(...pairs, ['sort', '/data/timestamp'])))).toEqual(expected);
  });

  it.each<[string, string, RegExp]>([
    ['an unknown attribute', 'filter[/data/colour]=red', /no attribute "?\/data\/colour/],
    ['a forgotten data', 'filter[/campaignId]=x', /did you mean \/data\/campaignId/],
    ['an open bracket', 'filter[/data/campaignId=x', /filter\[\/data\/campaignId\]=value/],
    ['brackets without a name', 'filter[]=x', /found the parameter/],
    ['an expression that stops', 'filter=/data/unavailable eq', /^Line 1, column \d+: .*\n.*\n *\^/],
    ['an operator that is none', 'filter=/data/unavailable is true', /Line 1, column 19/],
    ['a value of the wrong type', 'filter=/data/unavailable eq 7', /true or false/],
    ['a NUL', 'filter[/data/unavailableReason]=%00', /U\+0000/],
  ])('is 400 with the place: %s', async (_, parameters, detail) => {
    const answer = await list(`?${parameters}`);
    expect(briefly(answer)).toBe('400 INVALID_FILTER');
    expect(answer.problem.detail).toMatch(detail);
  });
});

describe('the sort of a list', () => {
  it.each<[string, string, readonly number[]]>([
    ['two parameters', 'sort=/data/timestamp&sort=DESC', newestFirst],
    ['one with a comma', 'sort=/data/timestamp,desc', newestFirst],
    ['a JSON array', 'sort=["data/timestamp","DESC"]', newestFirst],
    ['an array of arrays', 'sort=[["data/timestamp","DESC"]]', newestFirst],
    ['no order', 'sort=data/timestamp', everyMinute],
    [
      'several pairs',
      'sort=/data/unavailable&sort=DESC&sort=/data/timestamp&sort=ASC',
      [0, 3, 6, 9, 1, 2, 4, 5, 7, 8, 10, 11],
    ],
    [
      'several pairs in one array',
      'sort=["data/unavailable","DESC","/data/timestamp","ASC"]',
      [0, 3, 6, 9, 1, 2, 4, 5, 7, 8, 10, 11],
    ],
    ['the id under data', 'sort=/data/id&sort=DESC', newestFirst],
    ['none: by id', '', everyMinute],
  ])('%s', async (_, parameters, expected) => {
    expect(minutesOf(await list(`?${encodeURI(parameters)}`))).toEqual(expected);
  });

  it.each([
    ['an unknown attribute', 'sort=/data/colour'],
    ['an order that is none', 'sort=/data/timestamp&sort=DOWN'],
    ['an order without an attribute', 'sort=DESC'],
    ['an object', 'sort={"timestamp":"DESC"}'],
    ['an open array', 'sort=["data/timestamp"'],
    ['a group', 'sort=/data/survey'],
  ])('is 400: %s', async (_, parameters) => {
    expect(briefly(await list(`?${encodeURI(parameters)}`))).toBe('400 INVALID_SORT');
  });
});

describe('the page of a list', () => {
  it.each<[string, readonly number[]]>([
    ['limit=3', [0, 1, 2]],
    ['limit=3&skip=10', [10, 11]],
    ['skip=12', []],
    ['skip=9007199254740991', []],
    ['limit=0', []],
    ['limit=9007199254740991&skip=9007199254740991', []],
    ['limit=9007199254740991&skip=9', [9, 10, 11]],
    ['limit=5000&skip=9', [9, 10, 11]],
    ['limit=%20007', [0, 1, 2, 3, 4, 5, 6]],
  ])('%s', async (parameters, expected) => {
    const answer = await list(`?${parameters}`);
    expect(answer.status).toBe(200);
    expect(minutesOf(answer)).toEqual(expected);
  });

  it.each(['skip', 'limit'])('refuses a %s that is no whole number, by name', async (name) => {
    for (const value of ['-1', '1.5', 'NaN', 'Infinity', '1e3', '0x10', 'ten', '9007199254740992', '[]', '१', 'null']) {
      const answer = await list(`?${name}=${encodeURIComponent(value)}`);
      expect(briefly(answer)).toBe('400 INVALID_PAGE');
      expect(answer.problem.detail).toBe(
        `${name} is a whole number from 0 to 9007199254740991, not ${JSON.stringify(value)}.`,
      );
    }
    expect((await list(`?${name}=1&${name}=1`)).problem).toMatchObject({
      code: 'INVALID_PAGE',
      detail: `${name} may come once, and came 2 times.`,
    });
  });

  it('links to the next one until there is none', async () => {
    const seen: number[] = [];
    let url: string | null =
      '/v2/interactions?limit=5&sort=/data/timestamp&sort=DESC&filter=data/unavailable%20eq%20false';
    while (url !== null) {
      const answer: Answer = await call('alice', `GET ${url}`);
      seen.push(...minutesOf(answer));
      url = /^<(\/v2\/interactions\?[^>]*)>; rel="next"$/.exec(answer.headers['link'] ?? '')?.[1] ?? null;
    }
    expect(seen).toEqual([11, 10, 8, 7, 5, 4, 2, 1]);
  });

  it('links behind its last row, so that rows which are added in front are not met twice', async () => {
    const sort = 'sort=/data/timestamp&sort=DESC';
    for (const limit of [1, 4, 11]) {
      const first = await list(`?limit=${limit}&skip=1&${sort}`);
      const next = /<([^>]*)>/.exec(first.headers['link'] ?? '')?.[1] ?? '';
      expect(new URLSearchParams(next.split('?')[1]).has('skip')).toBe(false);
      const added = await world.create('alice', 'interaction', { timestamp: '2026-05-09T18:00:00Z' });
      const second = next === '' ? [] : minutesOf(await call('alice', `GET ${next}`));
      await world.change('alice', 'interaction', { kind: 'remove', id: added.id, etags: '*' });
      expect([...minutesOf(first), ...second]).toEqual(newestFirst.slice(1, 1 + 2 * limit));
    }
  });

  it('refuses a cursor of another list, or of nobody', async () => {
    const { headers } = await list('?limit=2&sort=/data/timestamp');
    const next = new URLSearchParams(/\?([^>]*)/.exec(headers['link'] ?? '')?.[1]);
    const cursor = next.get('after') as string;
    const forged = (change: (values: unknown[]) => unknown): string => {
      const values = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
      return Buffer.from(JSON.stringify(change(values))).toString('base64url');
    };
    const cursors = [
      'x',
      cursor.slice(1),
      forged(([sort]) => [sort]),
      forged(([sort, time]) => [sort, time, 'no uuid']),
      forged(([sort, , id]) => [sort, '2026-02-30T00:00:00Z', id]),
      forged(([sort, , id]) => [sort, { a: 1 }, id]),
      forged(() => ({})),
    ];
    for (const after of cursors) {
      const answer = await list(query(['after', after], ['sort', '/data/timestamp']));
      expect(briefly(answer)).toBe('400 INVALID_PAGE');
    }
    expect(briefly(await list(query(['after', cursor])))).toBe('400 INVALID_PAGE');
    expect(briefly(await list(query(['after', cursor], ['limit', '5000'])))).toBe('400 INVALID_PAGE');
    expect(minutesOf(await list(query(['after', cursor], ['sort', '/data/timestamp'], ['limit', '2'])))).toEqual([
      2, 3,
    ]);
  });
});

describe('a parameter that is not ours', () => {
  it('is passed over', async () => {
    expect((await list(`?customerId=${world.ids.customer}&_=1&page=2&=&x`)).rows).toHaveLength(12);
  });

  it.each([
    ['filters', 'filter'],
    ['Filter', 'filter'],
    ['filter.data', 'filter'],
    ['LIMIT', 'limit'],
    ['sortBy', 'sort'],
    ['skipped', 'skip'],
    ['afterwards', 'after'],
    ['deletedOnly', 'deleted'],
  ])('is refused when it looks like one: %s', async (name, meant) => {
    const answer = await list(`?${name}=1`);
    expect(briefly(answer)).toBe('400 MALFORMED_REQUEST');
    expect(answer.problem.detail).toContain(`did you mean ${meant}?`);
  });
});

describe('every resource with a route', () => {
  it('is listed, read and answered in the same way', async () => {
    const routed = world.model.resources.filter(({ declaration }) => declaration.route !== null);
    expect(routed.length).toBeGreaterThan(15);
    for (const { declaration, label } of routed) {
      const answer = await call('alice', `GET ${declaration.route as string}?limit=1`);
      expect(briefly(answer)).toBe('200');
      const [row] = answer.rows;
      if (row === undefined) continue;
      expect(row.meta['resource']).toBe(label);
      expect((await call('alice', `GET ${declaration.route as string}/${row.id}`)).row).toEqual(row);
    }
  });
});
