/** The demo's campaign and what it needs before the first door: own statuses, questions, survey, lists, segments. */
import { demoIds } from './demo-ids.ts';
import { ownStatusIds } from './door-talk.ts';
import { makeSteps, type SeedStep } from './seed-step.ts';
import { builtInStatusId, statusGroupId } from './status-groups.ts';
import { makeQuestionRows, makeSegmentRows, makeSurveyRow } from './survey.ts';
import { town } from './town.ts';

export function* makeCampaignSteps(
  customerId: string,
  organizationId: string,
  securityGroupId: string,
): Generator<SeedStep> {
  yield* makeSteps(customerId, 'status', [
    {
      id: ownStatusIds.moved,
      securityGroupId,
      data: {
        name: 'Moved',
        icon: 'faTruckMoving:solid',
        iconColor: '#E95C41',
        pinColor: '#C8C8C8',
        statusGroupId: statusGroupId('Bad Contact Info'),
        contactState: 'contacted-unavailable-other',
        defaultStatusId: builtInStatusId('Bad Contact Info'),
      },
    },
    {
      id: ownStatusIds.yardSign,
      securityGroupId,
      data: {
        name: 'Wants a yard sign',
        icon: 'faSignHanging:solid',
        iconColor: '#73C1B1',
        pinColor: '#C8C8C8',
        statusGroupId: statusGroupId('Successful'),
        contactState: 'contacted-available-successful',
        defaultStatusId: builtInStatusId('Successful'),
      },
    },
  ]);
  yield* makeSteps(customerId, 'question', makeQuestionRows(securityGroupId));
  yield* makeSteps(customerId, 'survey', [makeSurveyRow(securityGroupId)]);
  const lists = [
    [demoIds.everybodyList, 'Registered voters', 'Everybody on the rolls of Heron Ford.'],
    [demoIds.supportersList, 'Said yes last time', 'Supporters of the rent board petition.'],
    [demoIds.doNotKnockList, 'Please leave alone', 'Asked not to be visited.'],
  ] as const;
  yield* makeSteps(
    customerId,
    'list',
    lists.map(([id, name, description]) => ({ id, securityGroupId, data: { name, organizationId, description } })),
  );
  yield* makeSteps(customerId, 'campaign', [
    {
      id: demoIds.campaign,
      securityGroupId,
      data: {
        name: 'Yes on 7',
        organizationId,
        status: 'started',
        description: 'Measure 7 limits yearly rent increases in Heron Ford.',
        timeZone: town.timeZone,
        lists: [
          { listId: demoIds.everybodyList, type: 'normal' },
          { listId: demoIds.supportersList, type: 'high-priority' },
          { listId: demoIds.doNotKnockList, type: 'do-not-knock' },
        ],
      },
    },
  ]);
  yield* makeSteps(customerId, 'segment', makeSegmentRows(securityGroupId));
}
