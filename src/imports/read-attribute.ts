/** Finds the cells that a layout means for one attribute. The header is looked at once; after that a row is an array. */
import { columnsOf, type Source, sourceRule, type SourceRule } from './layout.ts';
import { cleanText } from './normalise/clean-text.ts';

export interface Attribute {
  readonly rule: SourceRule;
  /** The columns, as a person names them in a complaint. */
  readonly label: string;
  /** The cells that are not empty. */
  pieces(cells: readonly string[]): readonly string[];
  /** The pieces as one text, empty when there are none. */
  text(cells: readonly string[]): string;
}

export function makeAttribute(source: Source, header: readonly string[]): Attribute {
  const rule = sourceRule(source);
  const columns = columnsOf(source);
  const places = columns.map((column) => header.indexOf(column));
  const recode = (cell: string): string =>
    rule.values !== undefined && Object.hasOwn(rule.values, cell) ? (rule.values[cell] ?? '') : cell;

  function pieces(cells: readonly string[]): readonly string[] {
    if (rule.value !== undefined) return [rule.value];
    const found = places.map((place) => recode(cleanText(cells[place] ?? ''))).filter((cell) => cell !== '');
    if (found.length === 0) return rule.default === undefined ? [] : [rule.default];
    return rule.first === undefined ? found : found.slice(0, 1);
  }

  return {
    rule,
    label: columns.join(' + '),
    pieces,
    text: (cells) => pieces(cells).join(rule.joiner ?? ' '),
  };
}
