/** For calls that take no fields: `BodyValidationPipe` refuses anything sent. */
export class EmptyBody {
  readonly isEmpty = true;
}
