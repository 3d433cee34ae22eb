/** When two people have the same name: accents, capitals, full stops and hyphens make no difference. */
import { foldText } from './fold-text.ts';

export interface KeyedName {
  readonly given: string;
  readonly middlename?: string | null;
  readonly surname: string;
  readonly suffix?: string | null;
}

export function nameKey(name: KeyedName): string {
  return [name.given, name.middlename, name.surname, name.suffix].map((part) => foldText(part ?? '')).join('|');
}
