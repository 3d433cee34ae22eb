/** E-mail and password. What was wrong is said in words above the form, where a reader of screens begins. */
import { html, nothing, printDocument } from './html.ts';

export interface SignInPage {
  readonly action: string;
  readonly csrf: string;
  /** The application that the person comes from. */
  readonly client: string;
  /** What was typed before. */
  readonly email: string;
  readonly fault: string | null;
}

export function printSignInPage({ action, csrf, client, email, fault }: SignInPage): string {
  // The field to begin with: whoever got the password wrong has typed the e-mail already.
  const [onEmail, onPassword] = fault === null ? [html`autofocus`, nothing] : [nothing, html`autofocus`];
  const describes = fault === null ? nothing : html`aria-invalid="true" aria-describedby="fault"`;
  return printDocument({
    title: fault === null ? 'Sign in' : 'Not signed in',
    body: html`<p>To go on to ${client}.</p>
      ${fault === null ? nothing : html`<p id="fault" role="alert">${fault}</p>`}
      <form method="post" action="${action}">
        <input type="hidden" name="csrf" value="${csrf}" />
        <label for="email">E-mail</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          value="${email}"
          ${describes}
          ${onEmail}
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          ${describes}
          ${onPassword}
        />
        <button type="submit">Sign in</button>
      </form>`,
  });
}
