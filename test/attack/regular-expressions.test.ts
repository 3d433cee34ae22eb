/**
 * No text of a client makes a regular expression search for longer than the text is long. Every expression of the source
 * is tried, those that somebody writes tomorrow too, with texts that repeat what it looks for and then break off. Who goes
 * back and forth needs minutes for these; the limit is far above what going forward once needs.
 */
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { listSourceFiles, type SourceFile } from '../project/source-files.ts';

/** Read by whoever runs the server, or made by it. */
const ownTexts = ['src/cli/', 'src/imports/', 'src/store/', 'seed/', 'src/config.ts', 'src/setting.ts', 'src/log.ts'];

function expressionsOf({ path, text }: SourceFile): readonly RegExp[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push(new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
    }
    // JSON Schemas say theirs as texts.
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'pattern') {
      if (ts.isStringLiteral(node.initializer)) found.push(new RegExp(node.initializer.text, 'u'));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Characters and short words that the expression itself names, and some that many do. */
function seedsOf({ source }: RegExp): readonly string[] {
  const literals = [...source.replaceAll(/\\[a-zA-Z]|[[\](){}*+?^$|\\]/g, ' ').matchAll(/\S{1,8}/g)].map(
    ([text]) => text,
  );
  const letters = [...new Set(literals.join(''))];
  return [
    ...new Set([
      ...literals,
      ...letters,
      ' ',
      '\t',
      '0',
      'a',
      'A',
      '_',
      '-',
      '"',
      '""',
      '\\',
      '%',
      '/',
      '~',
      '.',
      ',',
      ';',
      ', ',
      '@',
      'é',
      '\n',
    ]),
  ];
}

const length = 50_000;
const limitMs = 10_000;

function attacksOf(expression: RegExp): readonly string[] {
  return seedsOf(expression).flatMap((seed) => {
    const body = seed.repeat(Math.ceil(length / seed.length));
    return ['', '\0', '!'].flatMap((end) => [body + end, `"${body}${end}`, `bearer ${body}${end}`]);
  });
}

const expressions = listSourceFiles('src')
  .filter(({ path }) => !ownTexts.some((own) => path.startsWith(own)))
  .flatMap((file) =>
    expressionsOf(file).map((expression) => [`${file.path} ${String(expression)}`, expression] as const),
  );

test('there are expressions to try', () => expect(expressions.length).toBeGreaterThan(30));

test.each(expressions)('%s', { timeout: 60_000 }, (_, expression) => {
  const texts = attacksOf(expression);
  const search = 'texts.forEach((text) => { expression.lastIndex = 0; text.replace(expression, ""); })';
  expect(() => runInNewContext(search, { texts, expression }, { timeout: limitMs }) as unknown).not.toThrow();
});
