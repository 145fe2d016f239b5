/**
 * A kind of news. The phantom type gives handlers the shape of what they hear.
 * The database's triggers send the same words (see the migrations).
 */
export class Topic<T> {
  declare private readonly news: T;

  constructor(readonly name: string) {}
}
