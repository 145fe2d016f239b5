/** Without an active administrator nobody could answer, nor make another. */
export class LastAdminError extends Error {
  override readonly name = 'LastAdminError';

  constructor() {
    super('This is the last active administrator.');
  }
}
