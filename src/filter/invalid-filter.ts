/**
 * The Problem for a filter that was written as text: what was expected, the position, and the line with a caret below
 * the place. Columns count characters as people see them, not UTF-16 units, and long lines are shown through a window.
 */
import { Problem } from '../problem.ts';
import type { Place } from './tree.ts';

const windowWidth = 76;
/** How much of the line is kept in front of the place. */
const lead = 32;

export function invalidFilter(message: string, place?: Place): Problem {
  const sentence = /[.?]$/.test(message) ? message : `${message}.`;
  if (place === undefined) return new Problem('INVALID_FILTER', sentence);
  const before = place.text.slice(0, place.offset).split('\n');
  const line = before.length;
  const column = countCharacters(before.at(-1) ?? '') + 1;
  const excerpt = drawExcerpt(place, column);
  return new Problem('INVALID_FILTER', `Line ${line}, column ${column}: ${sentence}\n${excerpt}`);
}

function drawExcerpt(place: Place, column: number): string {
  const start = place.text.lastIndexOf('\n', place.offset - 1) + 1;
  const newline = place.text.indexOf('\n', place.offset);
  const line = [...place.text.slice(start, newline === -1 ? undefined : newline)].map(visible);
  const first = Math.max(0, Math.min(column - 1 - lead, line.length - windowWidth));
  const last = Math.min(line.length, first + windowWidth);
  const shown = `${first > 0 ? '…' : ''}${line.slice(first, last).join('')}${last < line.length ? '…' : ''}`;
  const indent = column - 1 - first + (first > 0 ? 1 : 0);
  const width = countCharacters(place.text.slice(place.offset, place.offset + place.length));
  const carets = Math.max(1, Math.min(width, last - column + 1));
  return `${shown}\n${' '.repeat(indent)}${'^'.repeat(carets)}`;
}

/** Tabs and control characters would move the caret away from its place. */
function visible(character: string): string {
  return /[\p{Cc}\p{Cs}]/u.test(character) ? ' ' : character;
}

function countCharacters(text: string): number {
  return [...text].length;
}
