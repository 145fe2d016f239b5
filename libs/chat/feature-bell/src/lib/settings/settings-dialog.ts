import { Service, signal } from '@angular/core';

/** Whether the settings of notifications are on the screen; there is more than one way to them. */
@Service()
export class SettingsDialog {
  private readonly open = signal(false);

  readonly isOpen = this.open.asReadonly();

  show(): void {
    this.open.set(true);
  }

  close(): void {
    this.open.set(false);
  }
}
