/** The collections that devices push, by name. What they only pull has no place here. */
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import { Problem } from '../../problem.ts';
import { makeCollections } from '../collections/index.ts';
import { makeItemCollection } from './push-items.ts';
import { makeRowCollection } from './push-rows.ts';
import type { Asking, PushedCollection } from './pushed-collection.ts';

export function makePushedCollections(model: Model): ReadonlyMap<string, PushedCollection> {
  const walklist = model.get('walklist');
  const stops = walklist.rows.find(({ path }) => path[1] === 'stops')!;
  const collections = new Map(makeCollections(model).map((collection) => [collection.name, collection]));
  const pushed = [
    // The link of contact and household is found, the distance is measured, and whether it is late is known here.
    makeRowCollection(model.get('interaction'), {
      collection: collections.get('interaction')!,
      written: [
        ...['campaignId', 'contactId', 'householdId', 'timestamp', 'surveyId', 'responses', 'lat', 'lng', 'confidence'],
        ...['successful', 'unavailable', 'unavailableReason', 'statusId', 'walklistId', 'turfId'],
      ],
    }),
    makeItemCollection(walklist, stops, {
      collection: collections.get('walklistItem')!,
      written: ['progress', 'remark'],
      checkHeld,
      isOnDevice: ({ userId }, viewer) => userId === viewer.userId,
    }),
  ];
  return new Map(pushed.map((each) => [each.name, each]));
}

/** A walklist is in the hands of the person whose it is until it is done, or its lease has ended. */
function checkHeld({ userId, status, expires }: JsonObject, { viewer, now }: Asking): void {
  if (userId !== viewer.userId) throw new Problem('NOT_FOUND', 'The walklist is not yours any more.');
  const hasEnded = status === 'done' || (typeof expires === 'string' && expires <= now);
  if (hasEnded) throw new Problem('LEASE_ENDED', 'Your time with the walklist has ended. Check it out again.');
}
