/** Which application gets in, for which organization, as whom, and where the person is sent then: nothing in small print. */
import { type Choice, makeChoices } from './choose-page.ts';
import { html, nothing, printDocument } from './html.ts';

export interface ConsentPage {
  readonly action: string;
  readonly csrf: string;
  readonly client: string;
  readonly email: string;
  readonly customer: string;
  /** Where the browser goes next: a host, or the scheme of an app. */
  readonly destination: string;
  readonly organizations: readonly Choice[];
  readonly fault: string | null;
}

export function printConsentPage(page: ConsentPage): string {
  const { action, csrf, client, email, customer, destination, organizations, fault } = page;
  const [only] = organizations;
  const choice =
    organizations.length === 1
      ? html`<p>
          For <strong>${only!.label}</strong>.<input type="hidden" name="organization" value="${only!.value}" />
        </p>`
      : makeChoices('organization', 'For which organization?', organizations);
  return printDocument({
    title: `Let ${client} in?`,
    body: html`<p>
        You are signed in as <strong>${email}</strong> at ${customer}. ${client} will be able to do in your name what
        you may do yourself, and you go on to ${destination}.
      </p>
      ${fault === null ? nothing : html`<p role="alert">${fault}</p>`}
      <form method="post" action="${action}">
        <input type="hidden" name="csrf" value="${csrf}" />
        ${choice}
        <button type="submit" name="decision" value="allow">Let ${client} in</button>
        <button type="submit" name="decision" value="deny" formnovalidate>Do not</button>
        <button type="submit" name="decision" value="switch" formnovalidate>Sign in as somebody else</button>
      </form>`,
  });
}
