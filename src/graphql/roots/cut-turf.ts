/** Dividing the doors of a campaign into walkable pieces. It answers with ids: turfs and walklists are then selected. */
import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLString } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { makeTurfCutter } from '../../turf/cut-turf.ts';
import { type CutRequest, mostDoors, usualDoors } from '../../turf/cut-request.ts';
import type { RootField } from '../root-field.ts';
import { toWire } from '../selection/wire-value.ts';

export const cutTurf: RootField = {
  name: 'cutTurf',
  operation: 'mutation',
  describe(book) {
    book.object('CutPiece', 'A piece that one person can walk.', [
      { name: 'turfId', type: GraphQLID, description: 'Its turf.' },
      { name: 'walklistId', type: GraphQLID, description: 'Its walklist, whose stops are in walking order.' },
      { name: 'name', type: GraphQLString, description: 'What the turf is called.' },
      { name: 'doors', type: GraphQLInt, description: 'How many doors it has.' },
      {
        name: 'metres',
        type: GraphQLInt,
        description: 'How long the round is, as somebody on foot would estimate it.',
      },
    ]);
    book.object('CutTurf', 'What has been cut, and what has been left out.', [
      { name: 'pieces', type: 'CutPiece', list: true, description: 'The pieces.' },
      { name: 'withoutCoords', type: GraphQLInt, description: 'Doors left out because nobody knows where they are.' },
      { name: 'taken', type: GraphQLInt, description: 'Doors left out because they are on a walklist already.' },
    ]);
    const states = { type: 'ContactHouseholdCampaignState', list: true, nullable: true };
    return {
      type: 'CutTurf',
      description:
        "Divides the doors of a campaign's lists into compact pieces of about the same size, and makes a turf and a " +
        'walklist in walking order of each; all of them or none. Doors where somebody does not want to be knocked at ' +
        'are left out.',
      arguments: [
        { name: 'campaignId', type: GraphQLID, description: 'The campaign.' },
        { name: 'doors', type: GraphQLInt, default: usualDoors, description: 'Doors of a piece, at most.' },
        {
          ...{ name: 'listIds', type: GraphQLID, list: true, nullable: true },
          description: 'Lists of the campaign; all whose doors are knocked on when left out.',
        },
        { name: 'states', ...states, description: 'Only doors with a contact in one of these states.' },
        { name: 'boundary', type: GraphQLJSON, nullable: true, description: 'Only doors inside this GeoJSON polygon.' },
        {
          ...{ name: 'turfId', type: GraphQLID, nullable: true },
          description: 'Only doors inside this turf, whose walklists they become; no other turf is made.',
        },
        {
          ...{ name: 'maximumDoors', type: GraphQLInt, nullable: true },
          description: `Doors in all, at most, beginning in the south; ${mostDoors} can be cut at once.`,
        },
        { name: 'namePrefix', type: GraphQLString, nullable: true, description: 'What the names begin with.' },
        {
          ...{ name: 'includeTaken', type: GraphQLBoolean, default: false },
          description: 'Also doors that are on a walklist of the campaign which is open or checked out.',
        },
      ],
    };
  },
  makeAnswer: (parts) => {
    const cutter = makeTurfCutter(parts);
    return async ({ campaignId, ...given }, { viewer, requestId, signal, charge }) => {
      charge(mostDoors);
      return cutter.cut(viewer, String(campaignId), toWire(given) as CutRequest, { requestId, signal });
    };
  },
};
