import { Service, signal } from '@angular/core';
import { Subject } from 'rxjs';

/** Knows how many files were chosen and not sent, without loading the part that uploads them. */
@Service()
export class FileHold {
  private readonly drops = new Subject<void>();

  readonly count = signal(0);
  /** The files are to be forgotten. */
  readonly drop$ = this.drops.asObservable();

  drop(): void {
    this.drops.next();
  }
}
