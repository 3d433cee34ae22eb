/**
 * HTML that cannot be broken by what is put into it: `${x}` is text unless it was made here. The pages of signing in are
 * whole documents without scripts, so that they work in every browser and a policy can forbid all of them.
 */
const made = Symbol('html');

export interface Html {
  readonly [made]: string;
}

type Part = string | Html | readonly Html[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.reduce((before, string, index) => before + print(parts[index - 1]!) + string);
  return { [made]: text };
}

export const nothing = html``;

export function printDocument({ title, body }: { readonly title: string; readonly body: Html }): string {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/oauth/style.css" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
  return `${document[made]}\n`;
}

function print(part: Part): string {
  if (typeof part === 'string') return escape(part);
  return made in part ? part[made] : part.map((one) => one[made]).join('');
}

function escape(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (character) => names[character]!);
}
