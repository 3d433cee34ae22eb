/** What a person sees who cannot go on here. */
import { html, printDocument } from './html.ts';

export function printFaultPage({ title, text }: { readonly title: string; readonly text: string }): string {
  return printDocument({
    title,
    body: html`<p role="alert">${text}</p>
      <p>Go back to the app that you come from, and begin again there.</p>`,
  });
}
