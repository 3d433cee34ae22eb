/** The layouts that `--layout` knows by name. */
import type { Layout } from '../layout.ts';
import { ohio } from './ohio.ts';

export const layouts: Readonly<Record<string, Layout>> = { ohio };
