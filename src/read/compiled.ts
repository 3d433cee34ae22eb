/**
 * A question as PostgreSQL is asked it, again and again: the text is made once, and each asking puts in who asks and what
 * they gave. Two callers share a text when their scopes have the same shapes.
 *
 * A newcomer's mistake would be to make a question anew for each request: questions are known by identity, for as long
 * as somebody holds them.
 */
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Given, Late } from '../late.ts';
import type { Resource } from '../model.ts';
import { type Sql, type Statement, toStatement } from '../store/sql.ts';
import { shapeOf } from './scope-shape.ts';

/** A value that belongs to the caller. */
export class FromViewer {
  constructor(readonly of: (viewer: Viewer) => unknown) {}
}

/** A statement whose values may come late or from the caller, and the resources whose groups it asks for. */
export interface Compiled {
  readonly statement: Statement & { readonly steady: boolean };
  readonly scoped: readonly Resource[];
}

export function compile(question: Sql, { steady, scoped }: { steady: boolean; scoped: Iterable<Resource> }): Compiled {
  return { statement: { ...toStatement(question), steady }, scoped: [...scoped] };
}

export function ask({ statement: { text, values, steady } }: Compiled, viewer: Viewer, given: Given = {}): Statement {
  const put = (value: unknown): unknown => {
    if (value instanceof Late) return value.of(given);
    return value instanceof FromViewer ? value.of(viewer) : value;
  };
  return { text, values: values.map(put), steady };
}

export interface CompiledQuestions {
  /** The compiled form of `question`, made by `make` when it is not known for the shapes of this viewer's scopes. */
  get(question: object, viewer: Viewer, make: () => Compiled): Compiled;
}

export function makeCompiledQuestions(): CompiledQuestions {
  const questions = new WeakMap<object, Map<string, Compiled>>();
  return {
    get(question, viewer, make) {
      const byShapes = questions.get(question) ?? new Map<string, Compiled>();
      // Which resources are scoped is the same for every shape, so any of the compiled forms can tell.
      const [[, any] = []] = byShapes;
      const found = any && byShapes.get(shapesOf(any, viewer));
      if (found !== undefined) return found;
      const made = make();
      byShapes.set(shapesOf(made, viewer), made);
      questions.set(question, byShapes);
      return made;
    },
  };
}

function shapesOf({ scoped }: Compiled, viewer: Viewer): string {
  let shapes = '';
  for (const resource of scoped) shapes += `${shapeOf(readableGroups(viewer, resource))} `;
  return shapes;
}
