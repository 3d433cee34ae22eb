/** What becomes of a letter: it goes through the server of the installation, or it is in the log and nobody reads it there. */
import { expect, test } from 'vitest';
import { makeMailer } from '../../../src/accounts/mailer.ts';
import { makeResetLetter } from '../../../src/accounts/reset-letter.ts';
import { makeLog } from '../../../src/log.ts';
import { openLetterBox } from '../../letter-box.ts';

const facts = {
  email: 'sam@doorstep.example',
  customerName: 'Millrace Tenants',
  token: 'a+b/c',
  minutes: 60,
  page: null,
};

function logInto(lines: string[], logLevel: 'info' | 'debug') {
  return makeLog({ logLevel, logFormat: 'json' }, { destination: { write: (line) => void lines.push(line) } });
}

test('without a mail server a letter is a line in the log, and its text only one for debugging', async () => {
  const [info, debug]: [string[], string[]] = [[], []];
  const config = { smtpUrl: null, mailFrom: 'Doorstep <d@doorstep.example>' };
  await makeMailer({ config, log: logInto(info, 'info') }).send(makeResetLetter(facts));
  await makeMailer({ config, log: logInto(debug, 'debug') }).send(makeResetLetter(facts));
  expect(info.join()).toContain('SMTP_URL is not set');
  expect(info.join()).not.toMatch(/a\+b\/c|sam@/);
  expect(debug.join()).toContain('a+b/c');
});

test('with one it goes there, to one address whatever that looks like, and nothing is in the log', async () => {
  const box = await openLetterBox();
  const lines: string[] = [];
  const config = { smtpUrl: box.url, mailFrom: 'Doorstep <d@doorstep.example>' };
  const mailer = makeMailer({ config, log: logInto(lines, 'debug') });
  const email = 'one@doorstep.example,two@doorstep.example';
  await mailer.send(makeResetLetter({ ...facts, page: 'https://app.example/?t={token}' }));
  await mailer.send(makeResetLetter({ ...facts, email })).catch(() => undefined);
  expect(box.letters[0]).toMatchObject({ to: facts.email });
  expect(box.letters[0]!.text).toContain('https://app.example/?t=a%2Bb%2Fc');
  expect(box.letters.map(({ to }) => to)).not.toContain('two@doorstep.example');
  expect(lines).toEqual([]);
  box.refuse();
  await expect(mailer.send(makeResetLetter(facts))).rejects.toThrow();
  mailer.close();
  await box.close();
});
