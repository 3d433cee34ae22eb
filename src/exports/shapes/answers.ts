/**
 * Interactions with one column for each question of the surveys that they answer, also those that a survey had once.
 * Columns are named by the tags of the questions; where two questions have one tag, their ids tell them apart.
 */
import { invalidInput } from '../../problem.ts';
import type { CopyColumn } from '../../read/copy-question.ts';
import { freeText, wholeColumns } from '../columns.ts';
import type { Shape } from '../shape.ts';

/** PostgreSQL has no more than 1,664 columns to give. */
const mostQuestions = 1_000;

export const answers: Shape = {
  name: 'answers',
  description: 'One row for each interaction, with a column `answers.<tag>` for each question of their surveys.',
  of: 'interaction',
  reads: ['survey', 'question'],
  takesColumns: true,
  async make(rows, { model, viewer, copier, snapshot }) {
    const { resource } = rows;
    const at = (path: string) => resource.attributes.find((attribute) => attribute.path.join('.') === path)!;
    const survey = model.get('survey');
    const asked = await copier.listAsked(viewer, snapshot, {
      ...rows,
      survey: at('data.survey.surveyId'),
      questions: survey.rows.find(({ path }) => path[1] === 'questions')!,
    });
    if (asked.length > mostQuestions) {
      const message = `must leave interactions of fewer surveys: these have ${asked.length} questions, and a row ends at ${mostQuestions}`;
      throw invalidInput([{ pointer: '/filter', message }]);
    }
    const document = at('data.survey.responses');
    const tags = asked.map(({ tag }) => tag);
    const columns = asked.map(({ id, tag }): CopyColumn => {
      const isAlone = tags.indexOf(tag) === tags.lastIndexOf(tag);
      const source = { kind: 'answer', document, question: id, tag } as const;
      return { name: `answers.${isAlone ? tag : `${tag} (${id})`}`, field: freeText, required: false, source };
    });
    const whole = wholeColumns(resource);
    const place = whole.findIndex(({ name }) => name === 'survey.responses');
    return { columns: whole.toSpliced(place, 1, ...columns) };
  },
};
