/**
 * What a role may contain: `verb@resource`, for instance `read@interactions`. The resource is the plural of its
 * declaration. `*` stands for every verb or every resource, so that an administrator's role keeps working on the day
 * a resource is added.
 *
 * A newcomer's mistake would be to ask the question with a star: code always asks for one `Permission`, and only the
 * roles that answer hold a `PermissionPattern`.
 */
import type { Fault } from '../problem.ts';

export const verbs = ['read', 'insert', 'modify', 'destroy'] as const;

export type Verb = (typeof verbs)[number];
export type Permission = `${Verb}@${string}`;
export type PermissionPattern = `${Verb | '*'}@${string}`;

const pattern = new RegExp(`^(${verbs.join('|')}|\\*)@([a-z][a-z0-9-]{0,63}|\\*)$`);

/** For the permissions of a role: null when it is one, otherwise what is wrong with it. */
export function findPermissionFault(text: string, pointer: string): Fault | null {
  if (isPermissionPattern(text)) return null;
  const message = `expected verb@resource with a verb of ${verbs.join(', ')} or *, got ${JSON.stringify(text)}`;
  return { pointer, message };
}

export function isPermissionPattern(text: string): text is PermissionPattern {
  return pattern.test(text);
}

export function permits(granted: PermissionPattern, asked: Permission): boolean {
  const [grantedVerb, grantedResource] = split(granted);
  const [verb, resource] = split(asked);
  return (grantedVerb === '*' || grantedVerb === verb) && (grantedResource === '*' || grantedResource === resource);
}

function split(text: string): readonly [verb: string, resource: string] {
  const at = text.indexOf('@');
  return [text.slice(0, at), text.slice(at + 1)];
}
