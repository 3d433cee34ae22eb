/** The root fields beside those that follow from declarations. */
import type { RootField } from './root-field.ts';
import { me } from './roots/me.ts';

export const rootFields: readonly RootField[] = [me];
