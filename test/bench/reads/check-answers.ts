/** Before anything is timed: everybody says the same. A faster answer to another question is no result. */
import { ask } from '../harness/ask.ts';
import { makeCanonical } from './canonical.ts';
import type { Contender } from './contender.ts';
import type { Question, Value } from './question.ts';

const checked = 12;

export async function checkAnswers(question: Question, contenders: readonly Contender[]): Promise<void> {
  const [first, ...others] = contenders;
  for (const value of question.values.slice(0, checked)) {
    const expected = await answerOf(first!, question, value);
    for (const contender of others) {
      const got = await answerOf(contender, question, value);
      if (got === null || got === expected) continue;
      const at = [...expected!].findIndex((character, index) => character !== got[index]);
      const [theirs, ours] = [got, expected!].map((text) => text.slice(Math.max(0, at - 200), at + 200));
      throw new Error(`${question.name}: ${contender.name} answers\n${theirs}\nwhere ${first!.name} answers\n${ours}`);
    }
  }
}

async function answerOf(contender: Contender, { name }: Question, value: Value): Promise<string | null> {
  const request = contender.request(name, value);
  if (request === null) return null;
  return JSON.stringify(makeCanonical(contender.read(name, await ask(contender.server.url, request))));
}
