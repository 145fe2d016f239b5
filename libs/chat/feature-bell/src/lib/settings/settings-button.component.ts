import { Component, ElementRef, inject, input } from '@angular/core';
import { I18n, IconComponent } from '@support-chat/ui';
import { SettingsDialog } from './settings-dialog';

/** Opens the settings of notifications, out of whatever menu it stands in. */
@Component({
  selector: 'sc-settings-button',
  imports: [IconComponent],
  template: `
    <button
      type="button"
      class="sc-button"
      [class.sc-button--quiet]="isIcon()"
      [class.sc-button--icon]="isIcon()"
      [attr.aria-label]="isIcon() ? i18n.t('notify.title') : null"
      [title]="isIcon() ? i18n.t('notify.title') : ''"
      (click)="open()"
    >
      @if (isIcon()) {
        <sc-icon name="settings" />
      } @else {
        <sc-icon name="bell" />{{ i18n.t('notify.title') }}
      }
    </button>
  `,
  styles: `
    .sc-button:not(.sc-button--icon) {
      inline-size: 100%;
    }
  `,
})
export class SettingsButtonComponent {
  protected readonly i18n = inject(I18n);
  private readonly dialog = inject(SettingsDialog);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly isIcon = input(false);

  protected open(): void {
    // Before: so that the focus comes back to the button of the menu in the end.
    this.host.closest<HTMLElement>('[popover]')?.hidePopover();
    this.dialog.show();
  }
}
