/** What a device keeps, in the order in which it is useful: RxDB takes up to 16 collections for free. */
import type { Model } from '../../model.ts';
import type { Collection } from '../../read/collection.ts';
import { type CollectionDeclaration, makeCollection } from '../collection.ts';
import { campaign } from './campaign.ts';
import { contact } from './contact.ts';
import { household } from './household.ts';
import { interaction } from './interaction.ts';
import { question } from './question.ts';
import { survey } from './survey.ts';
import { syncRejection } from './sync-rejection.ts';
import { walklistItem } from './walklist-item.ts';
import { walklist } from './walklist.ts';

export const collectionDeclarations: readonly CollectionDeclaration[] = [
  ...[campaign, survey, question, walklist, walklistItem],
  ...[household, contact, interaction, syncRejection],
];

export function makeCollections(model: Model): readonly Collection[] {
  return collectionDeclarations.map((declaration) => makeCollection(declaration, model));
}
