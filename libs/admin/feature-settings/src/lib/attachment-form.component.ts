import {
  Component,
  ElementRef,
  computed,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { AttachmentSettingsStore } from '@support-chat/admin-data-access';
import {
  type AttachmentPolicy,
  type AttachmentType,
  DOCUMENT_TYPES,
  IMAGE_TYPES,
} from '@support-chat/contracts';
import { I18n, failureText } from '@support-chat/ui';
import { FILE_KINDS } from '@support-chat/ui/attachments';
import {
  LEAST_MEGABYTES,
  MOST_MEGABYTES,
  type PolicyForm,
  areTypesValid,
  formOf,
  isSizeValid,
  policyOf,
} from './policy-form';

/** Which files may be sent: on or off, kinds and size. What is wrong stands where it is, and is not saved. */
@Component({
  selector: 'sc-attachment-form',
  templateUrl: './attachment-form.component.html',
  styleUrl: './attachment-form.component.css',
})
export class AttachmentFormComponent {
  protected readonly i18n = inject(I18n);
  protected readonly store = inject(AttachmentSettingsStore);
  private readonly size = viewChild.required<ElementRef<HTMLInputElement>>('size');

  readonly policy = input.required<AttachmentPolicy>();

  protected readonly groups = [
    { title: 'settings.images', text: 'settings.imagesText', types: IMAGE_TYPES },
    { title: 'settings.documents', text: 'settings.documentsText', types: DOCUMENT_TYPES },
  ] as const;
  protected readonly kinds = FILE_KINDS;

  protected readonly form = linkedSignal<PolicyForm>(() => formOf(this.policy()));
  private readonly isTried = signal(false);
  protected readonly isSaved = signal(false);
  protected readonly range = computed(() => ({
    least: this.i18n.number(LEAST_MEGABYTES),
    most: this.i18n.number(MOST_MEGABYTES),
  }));
  protected readonly isSizeWrong = computed(() => this.isTried() && !isSizeValid(this.form()));
  protected readonly areTypesMissing = computed(
    () => this.isTried() && !areTypesValid(this.form()),
  );
  protected readonly failure = computed(() => {
    const failure = this.store.saveFailure();
    return failure
      ? `${this.i18n.t('settings.saveFailed')} ${failureText(this.i18n, failure)}`
      : '';
  });

  protected toggle(event: Event): void {
    this.edit({ isEnabled: (event.target as HTMLInputElement).checked });
  }

  protected choose(type: AttachmentType, event: Event): void {
    const types = new Set(this.form().types);
    if ((event.target as HTMLInputElement).checked) types.add(type);
    else types.delete(type);
    this.edit({ types });
  }

  protected resize(event: Event): void {
    this.edit({ megabytes: (event.target as HTMLInputElement).valueAsNumber });
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.store.isSaving()) return;
    const form = untracked(this.form);
    this.isTried.set(true);
    if (!isSizeValid(form)) this.size().nativeElement.focus();
    if (!isSizeValid(form) || !areTypesValid(form)) return;
    this.isSaved.set(await this.store.save(policyOf(form)));
  }

  private edit(change: Partial<PolicyForm>): void {
    this.form.update((form) => ({ ...form, ...change }));
    this.isSaved.set(false);
  }
}
