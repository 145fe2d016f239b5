/** A numbered page (`?page=`); `next` and `previous` are paths on the same origin. */
export interface Page<T> {
  count: number;
  next: string | null;
  previous: string | null;
  results: T[];
}

/** A page of a list that is scrolled (`?before=` or `?cursor=`): cost independent of depth, no count. */
export interface CursorPage<T> {
  next: string | null;
  results: T[];
}
