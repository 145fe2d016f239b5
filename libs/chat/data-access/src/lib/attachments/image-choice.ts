import { Service, computed, inject, linkedSignal } from '@angular/core';
import { LocalRecords } from '../local-records';
import { CHAT_VIEWER } from '../viewer';

const SMALLER = 'smaller';

/** Whether the viewer wants large images to go out smaller, kept in this browser. At first as they are. */
@Service()
export class ImageChoice {
  private readonly records = inject(LocalRecords);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly name = computed(() => `sc.images.${this.viewer()?.id ?? 'nobody'}`);
  private readonly chosen = linkedSignal(() => this.records.read(this.name()) === SMALLER);

  readonly isSmaller = this.chosen.asReadonly();

  choose(isSmaller: boolean): void {
    if (isSmaller) this.records.write(this.name(), SMALLER);
    else this.records.remove(this.name());
    this.chosen.set(isSmaller);
  }
}
