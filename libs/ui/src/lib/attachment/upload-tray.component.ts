import { Component, ElementRef, inject, input, output, signal } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import type { UploadView } from './upload-view';

/** The files that go with the next message: what they are, how far they are, and a way to take each out. */
@Component({
  selector: 'sc-upload-tray',
  imports: [IconComponent],
  templateUrl: './upload-tray.component.html',
  styleUrl: './upload-tray.component.css',
})
export class UploadTrayComponent {
  protected readonly i18n = inject(I18n);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly uploads = input.required<readonly UploadView[]>();
  readonly removed = output<string>();
  readonly retried = output<string>();
  /** The last one was taken out by its button, which had the focus. */
  readonly cleared = output();

  /** Those whose preview the browser cannot show. */
  protected readonly broken = signal<ReadonlySet<string>>(new Set());

  protected giveUp(id: string): void {
    this.broken.update((ids) => new Set([...ids, id]));
  }

  /** The focus goes on to the next file's button, so that it is not lost with this one. */
  protected remove(id: string): void {
    const buttons = [...this.host.querySelectorAll<HTMLElement>('.remove')];
    const index = this.uploads().findIndex((upload) => upload.id === id);
    const next = buttons[index + 1] ?? buttons[index - 1];
    next?.focus();
    this.removed.emit(id);
    if (!next) this.cleared.emit();
  }
}
