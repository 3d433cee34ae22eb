/**
 * Joining an organization by its code. Whoever has signed in becomes a member at once, or waits to be confirmed, as the
 * organization says. A stranger gets an account without a password and a letter with which to choose one: nobody joins
 * under an address whose letters they cannot read.
 *
 * A member who was disabled stays so: a code is no way back in.
 */
import { makeSystemViewer, type Viewer } from '../access/viewer.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import type { JsonObject } from '../json.ts';
import { invalidInput, Problem } from '../problem.ts';
import type { Output, Spelling } from '../read/selection.ts';
import type { Queryable } from '../store/database.ts';
import { findJoinTarget, type JoinTarget } from '../store/join-codes.ts';
import type { Verdict } from '../write/change.ts';
import type { Writer } from '../write/writer.ts';
import type { PasswordResets } from './password-resets.ts';

export interface Answering {
  readonly members: readonly Output[];
  readonly spelling: Spelling;
  readonly requestId: string;
}

type Written = Exclude<Verdict, { readonly problem: Problem }>;

export interface Joining {
  /** The new membership of the viewer. Throws INVALID_INPUT for no code, DUPLICATE for who is a member already. */
  join(viewer: Viewer, code: string, answering: Answering): Promise<Written>;
  /** The organization with a new code; the old one is void. It takes the permission to change the organization. */
  renewCode(viewer: Viewer, organizationId: string, answering: Answering): Promise<Written>;
}

export interface SignUps {
  /** Says nothing of whether anybody has that email; the letter does. Throws INVALID_INPUT for no code. */
  signUp(asked: { readonly code: string; readonly email: string; readonly requestId: string }): Promise<void>;
}

export interface JoiningOptions {
  readonly database: Queryable;
  readonly model: Model;
  readonly writer: Writer;
}

export function makeJoining({ database, model, writer }: JoiningOptions): Joining {
  return {
    async join(viewer, code, answering) {
      const { userId, client } = viewer;
      if (userId === null) throw new Problem('FORBIDDEN', 'Only a person can join an organization.');
      const target = await getTarget(database, code, viewer.customerId);
      const change = membershipOf(target, userId);
      const [verdict] = await writer.write(actFor(target, userId, client), model.get('membership'), [change], {
        ...answering,
        onError: 'abort',
      });
      return getWritten(verdict!);
    },
    async renewCode(viewer, organizationId, answering) {
      const params = { renewsToken: true };
      const change = { kind: 'patch', id: organizationId, etags: '*', operations: () => [], params } as const;
      const [verdict] = await writer.write(viewer, model.get('organization'), [change], {
        ...answering,
        onError: 'abort',
      });
      return getWritten(verdict!);
    },
  };
}

export function makeSignUps({
  database,
  model,
  writer,
  passwordResets,
  log,
}: JoiningOptions & { readonly passwordResets: PasswordResets; readonly log: Log }): SignUps {
  return {
    async signUp({ code, email, requestId }) {
      const target = await getTarget(database, code, null);
      const viewer = actFor(target, null, null);
      const options = { onError: 'abort', members: [], spelling: 'rest', requestId } as const;
      const { securityGroupId } = target;
      const data: JsonObject = { email, status: 'pending' };
      const account = { kind: 'create', id: null, securityGroupId, data, params: {} } as const;
      const [made] = await writer.write(viewer, model.get('user'), [account], options);
      if ('problem' in made!) {
        if (made.problem.code !== 'DUPLICATE') throw made.problem;
        log.info({ requestId }, 'somebody signed up who has an account already');
      } else {
        const change = membershipOf(target, made!.id);
        getWritten((await writer.write(viewer, model.get('membership'), [change], options))[0]!);
      }
      passwordResets.request(email);
    },
  };
}

async function getTarget(database: Queryable, code: string, customerId: string | null): Promise<JoinTarget> {
  // As it was read out over the phone.
  const target = await findJoinTarget(database, code.replace(/[\s-]/g, '').toUpperCase(), customerId);
  const refuse = (message: string) => invalidInput([{ pointer: '/token', message }]);
  if (target === null) throw refuse('must be the join code of an organization');
  if (target.roleId === null) throw refuse('is the code of an organization that has no role for those who join');
  return target;
}

/** Whoever has the code needs no right of their own to become a member, and gets what the organization says. */
function actFor({ customerId, securityGroupId }: JoinTarget, userId: string | null, client: string | null): Viewer {
  return makeSystemViewer({ customerId, organizationGroupId: securityGroupId, userId, client });
}

function membershipOf({ organizationId, securityGroupId, roleId, isConfirmed }: JoinTarget, userId: string) {
  const data = { organizationId, userId, roleId, status: isConfirmed ? 'unconfirmed' : 'active' };
  return { kind: 'create', id: null, securityGroupId, data, params: {} } as const;
}

function getWritten(verdict: Verdict): Written {
  if ('problem' in verdict) throw verdict.problem;
  return verdict;
}
