/** One writing transaction: what its steps share, and what it will have to tell the change log. */
import { findUnheld } from '../access/holds.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Json } from '../json.ts';
import type { Model } from '../model.ts';
import type { Reader } from '../read/reader.ts';
import type { HookContext, SideEffect } from '../resource.ts';
import type { Transaction } from '../store/database.ts';
import type { Validator } from './validator.ts';

export interface LogEntry extends SideEffect {
  readonly patch: Json;
}

export interface WriteSession {
  readonly tx: Transaction;
  readonly viewer: Viewer;
  readonly model: Model;
  readonly reader: Reader;
  readonly validator: Validator;
  /** The database's time, once the customer's lock was taken. */
  readonly now: Date;
  readonly entries: LogEntry[];
  readonly hooks: HookContext;
}

export function makeSession(parts: Omit<WriteSession, 'entries' | 'hooks'>): WriteSession {
  const entries: LogEntry[] = [];
  const hooks: HookContext = {
    database: parts.tx,
    model: parts.model,
    customerId: parts.viewer.customerId,
    userId: parts.viewer.userId,
    now: parts.now,
    mayWrite(verb, resource, group) {
      const groups = parts.viewer.groupsFor(`${verb}@${resource}`);
      return groups === 'all' || groups.has(group);
    },
    findUnheld: (permissions, group) => findUnheld(parts.viewer, permissions, group),
    log: (effects) => void entries.push(...effects.map((effect) => ({ ...effect, patch: null }))),
  };
  return { ...parts, entries, hooks };
}
