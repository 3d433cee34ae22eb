/** One of several: the customer where an e-mail is known to several, and the organization for which an app gets in. */
import { html, type Html } from './html.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Radio buttons with a legend; the first is chosen, so that none of a few has to be looked for. */
export function makeChoices(name: string, legend: string, choices: readonly Choice[]): Html {
  const options = choices.map(
    ({ value, label }, index) =>
      html`<label
        ><input type="radio" name="${name}" value="${value}" required ${index === 0 ? html`checked` : html``} />
        ${label}</label
      >`,
  );
  return html`<fieldset>
    <legend>${legend}</legend>
    ${options}
  </fieldset>`;
}
