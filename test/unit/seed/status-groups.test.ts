import { expect, test } from 'vitest';
import { makeBuiltInStatusRows, makeStatusGroupRows, statusGroups } from '../../../seed/status-groups.ts';

test('status groups have the same ids whatever customer gets them', () => {
  const ids = (group: string): string[] => makeStatusGroupRows(group).map(({ id }) => id);
  expect(ids('a')).toEqual(ids('b'));
});

test('each group has a built-in status of its name and state', () => {
  const statuses = makeBuiltInStatusRows('a').map(({ data }) => data);
  expect(statuses).toHaveLength(statusGroups.length);
  statusGroups.forEach(({ id, data }, index) => {
    expect(statuses[index]).toMatchObject({
      name: data.name,
      statusGroupId: id,
      contactState: data.contactState,
      defaultStatus: true,
    });
  });
});
