/**
 * The unit of a household as a canvasser reads it: "Apt 3B", "Unit 4", "#2". Registers write it in a dozen ways
 * (`#APT 000002`, `##14`, `# 2`); padding zeros and repeated signs say nothing. Which units are the same is unitKey's.
 */
import { isMixedCase } from './capitals.ts';
import { unitDesignators } from '../../postal-words.ts';

const shown: Readonly<Record<string, string>> = { APARTMENT: 'Apt', SUITE: 'Ste', NO: '#', NUM: '#', NUMBER: '#' };

export function normaliseUnit(text: string): string {
  const words = text
    .replace(/[?,;]+/g, ' ')
    .replace(/[#\s]*#[#\s]*/g, ' # ')
    .trim()
    .split(/\s+/)
    .map(unitWord);
  return words
    .join(' ')
    .replace(/# ?(?=\p{L}{2})/gu, '')
    .replace(/(?<=\p{L}) #/gu, '')
    .replaceAll('# ', '#');
}

function unitWord(word: string): string {
  const name = word.replace(/\.$/, '').toUpperCase();
  if (shown[name] !== undefined) return shown[name];
  if (unitDesignators[name] !== undefined) return name[0]! + name.slice(1).toLowerCase();
  return (isMixedCase(word) ? word : word.toUpperCase()).replace(/^0+(?=\w)/, '');
}
