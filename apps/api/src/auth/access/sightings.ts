import { Injectable } from '@nestjs/common';
import type { Caller } from './caller';

type Watcher = (caller: Caller) => void;

/** Tells who is interested that somebody has just called, on any route. */
@Injectable()
export class Sightings {
  private readonly watchers: Watcher[] = [];

  /** @param watcher is called for every request, so it must be quick */
  watch(watcher: Watcher): void {
    this.watchers.push(watcher);
  }

  note(caller: Caller): void {
    for (const watcher of this.watchers) watcher(caller);
  }
}
