/** Every shape, the plain one first. */
import { answers } from './shapes/answers.ts';
import { knocks } from './shapes/knocks.ts';
import { lastResult } from './shapes/last-result.ts';
import { rows } from './shapes/rows.ts';
import type { Shape } from './shape.ts';

export const shapes: readonly Shape[] = [rows, answers, lastResult, knocks];
