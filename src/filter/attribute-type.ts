/** What the filter language has to know of an attribute. The resource model is adapted to this, never imported. */
import type { Pointer } from './pointer.ts';

export interface AttributeType {
  readonly type:
    | 'text'
    | 'integer'
    | 'decimal'
    | 'boolean'
    | 'date'
    | 'timestamp'
    | 'choice'
    | 'reference'
    /** A place inside a stored document: any scalar may be there, so comparisons take any scalar. */
    | 'document'
    /** An object as a whole: it can only be asked whether it is nil. */
    | 'group';
  /** The declared values of a choice, in the wire form. */
  readonly choices?: readonly string[];
}

/** Finds the attribute that a pointer names, or null. */
export interface FindAttribute {
  (pointer: Pointer): AttributeType | null;
  /** The printed pointers there are, for a "did you mean". */
  readonly known?: readonly string[];
}
