/** Who may see and change what, said once more in the fewest words (domain.md, "Who may do what"); the server must agree. */
import type { Facts, Organization, Person, Row } from './facts.ts';
import { type KindName, kinds } from './kinds.ts';

export type Verdict = 'ok' | 'FORBIDDEN' | 'NOT_FOUND' | 'INVALID_INPUT';

export function makeRights({ organizations, rows }: Facts) {
  /** The organization and those above it, up to the first that is gone. */
  const chain = (customer: number, id: string | null): readonly Organization[] => {
    const here = organizations.find((each) => each.customer === customer && each.id === id && !each.isDeleted);
    return here === undefined ? [] : [here, ...chain(customer, here.parent)];
  };
  const find = (customer: number, kind: KindName | undefined, id: string | undefined): Row | undefined =>
    rows.find((row) => row.customer === customer && row.kind === kind && row.id === id);
  /** The organizations whose members the person is, with a role that has the permission. */
  const granting = ({ customer, memberships }: Person, verb: string, kind: KindName): readonly string[] =>
    memberships.flatMap(({ organization, role, status }) => {
      const { isDeleted, permissions } = find(customer, 'role', role)!;
      const asked = [verb, '*'].flatMap((each) => [`${each}@${kinds[kind].label}`, `${each}@*`]);
      const isGranted = status === 'active' && !isDeleted && asked.some((each) => permissions!.includes(each));
      return isGranted ? organization : [];
    });
  const holds = (person: Person, verb: string, kind: KindName, group: string): boolean => {
    const own = organizations.find((each) => each.customer === person.customer && each.group === group)!;
    return chain(person.customer, own.id).some(({ id }) => granting(person, verb, kind).includes(id));
  };
  const isBelow = (person: Person, kind: KindName, group: string): boolean =>
    granting(person, 'read', kind).some((id) => chain(person.customer, id).some((each) => each.group === group));
  const isInScope = (person: Person, { customer, kind, group }: Row): boolean => {
    const { scope } = kinds[kind];
    if (customer !== person.customer || scope === 'customer') return customer === person.customer;
    return holds(person, 'read', kind, group) || (scope === 'group-and-above' && isBelow(person, kind, group));
  };
  /** A link is there as long as what it links. */
  const isThere = ({ customer, kind, references, isDeleted }: Row): boolean => {
    const ends = Object.entries(kinds[kind].isLink ? references : {});
    return !isDeleted && ends.every(([name, id]) => isThere(find(customer, kinds[kind].references[name], id)!));
  };
  const sees = (person: Person, row: Row | undefined): row is Row =>
    row !== undefined && isThere(row) && isInScope(person, row);
  return {
    ...{ find, isInScope, isThere, sees },
    maySignIn: ({ customer, status, memberships, tokenOrganization }: Person): boolean => {
      const isMember = (id: string) => memberships.some((each) => each.organization === id && each.status === 'active');
      return status === 'active' && chain(customer, tokenOrganization).some(({ id }) => isMember(id));
    },
    mayChange(person: Person, verb: 'modify' | 'destroy', row: Row | undefined): Verdict {
      if (row === undefined || row.customer !== person.customer || !isThere(row)) return 'NOT_FOUND';
      return holds(person, verb, row.kind, row.group) ? 'ok' : isInScope(person, row) ? 'FORBIDDEN' : 'NOT_FOUND';
    },
    /** The group in which a new row goes that refers to `owner`, or the refusal. */
    mayMake(
      person: Person,
      kind: KindName,
      owner: Row | undefined,
      named: string | null,
    ): { readonly group: string } | Verdict {
      const [home] = chain(person.customer, person.tokenOrganization);
      const groups = named !== null ? [named] : [...(sees(person, owner) ? [owner.group] : []), home!.group];
      const group = groups.find((each) => holds(person, 'insert', kind, each));
      return group === undefined ? 'FORBIDDEN' : sees(person, owner) ? { group } : 'INVALID_INPUT';
    },
  };
}
