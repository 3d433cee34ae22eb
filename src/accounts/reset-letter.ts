/** The letter with which somebody chooses a new password. It says whose account it is: an address may have several. */
import type { Letter } from './mailer.ts';

export interface ResetFacts {
  readonly email: string;
  readonly customerName: string;
  readonly token: string;
  readonly minutes: number;
  /** The page of an app that asks for the new password, with `{token}` where the token goes. */
  readonly page: string | null;
}

export function makeResetLetter({ email, customerName, token, minutes, page }: ResetFacts): Letter {
  const way =
    page === null
      ? `Give this code to your app, or to whoever helps you:\n\n    ${token}`
      : `Choose a new one here:\n\n    ${page.replaceAll('{token}', encodeURIComponent(token))}`;
  const text = `Somebody, hopefully you, has forgotten the password of ${email} at ${customerName}.

${way}

It works once, within ${minutes} minutes. If it was not you, nothing has changed, and there is nothing to do.
`;
  return { to: email, subject: `A new password for ${customerName}`, text };
}
