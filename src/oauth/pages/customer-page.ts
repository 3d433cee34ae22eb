/** The e-mail and the password are right, for several customers: for which of them is the person here? */
import { type Choice, makeChoices } from './choose-page.ts';
import { html, printDocument } from './html.ts';

export interface CustomerPage {
  readonly action: string;
  readonly csrf: string;
  /** The accounts that were proved, sealed: the choice is among these and no others. */
  readonly proof: string;
  readonly customers: readonly Choice[];
}

export function printCustomerPage({ action, csrf, proof, customers }: CustomerPage): string {
  return printDocument({
    title: 'Choose whom you work for',
    body: html`<form method="post" action="${action}">
      <input type="hidden" name="csrf" value="${csrf}" />
      <input type="hidden" name="proof" value="${proof}" />
      ${makeChoices('account', 'Your e-mail is known to several', customers)}
      <button type="submit">Go on</button>
    </form>`,
  });
}
