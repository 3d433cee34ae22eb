/** Why a command did not do what it was asked, in a sentence for whoever typed it. Shown without a stack. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    message: string,
    /** Whether another command line would have worked. */
    readonly isUsage = false,
  ) {
    super(message);
  }
}
