/**
 * A page for people: a root element that scripts fill, and a policy under which the browser loads nothing that is not
 * ours and runs nothing that stands in the page itself (CSP Level 3). What the scripts are is said by who makes one.
 */
import type { AssetText } from './assets.ts';

export interface Page {
  readonly title: string;
  /** The id of the element that the scripts fill. */
  readonly root: string;
  /** Addresses on this server. */
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function makePage(page: Page): AssetText {
  return {
    type: 'text/html; charset=utf-8',
    text: () => printPage(page),
    headers: { 'content-security-policy': policy, 'referrer-policy': 'no-referrer' },
  };
}

function printPage({ title, root, styles, scripts }: Page): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="data:,">
${styles.map((url) => `    <link rel="stylesheet" href="${url}">`).join('\n')}
  </head>
  <body>
    <div id="${root}"></div>
${scripts.map((url) => `    <script src="${url}"></script>`).join('\n')}
  </body>
</html>
`;
}
