/** Why the store cannot start, in a sentence for the person who started it. Not a bug, so it is shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
