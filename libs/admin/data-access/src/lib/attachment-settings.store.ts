import { Service, inject, signal } from '@angular/core';
import {
  ANSWER_WITHIN_MS,
  type AttachmentPolicy,
  type Failure,
  readFailure,
} from '@support-chat/contracts';
import { firstValueFrom, timeout } from 'rxjs';
import { AdminApi } from './admin.api';

/** The rules for files as an admin sets them. Acts never throw; what fails shows in a signal. */
@Service({ autoProvided: false })
export class AttachmentSettingsStore {
  private readonly api = inject(AdminApi);
  private readonly stored = signal<AttachmentPolicy | null>(null);
  private readonly loadFailure = signal<Failure | null>(null);
  private readonly lastSaveFailure = signal<Failure | null>(null);
  private readonly saving = signal(false);

  readonly failure = this.loadFailure.asReadonly();
  /** As the server has it; null until it is loaded. */
  readonly policy = this.stored.asReadonly();
  readonly isSaving = this.saving.asReadonly();
  readonly saveFailure = this.lastSaveFailure.asReadonly();

  async load(): Promise<void> {
    this.loadFailure.set(null);
    try {
      this.stored.set(await this.answer(this.api.attachmentPolicy()));
    } catch (error) {
      this.loadFailure.set(readFailure(error));
    }
  }

  /** True once the server has it. */
  async save(policy: AttachmentPolicy): Promise<boolean> {
    this.saving.set(true);
    this.lastSaveFailure.set(null);
    try {
      this.stored.set(await this.answer(this.api.changeAttachmentPolicy(policy)));
      return true;
    } catch (error) {
      this.lastSaveFailure.set(readFailure(error));
      return false;
    } finally {
      this.saving.set(false);
    }
  }

  private async answer(call: ReturnType<AdminApi['attachmentPolicy']>): Promise<AttachmentPolicy> {
    return firstValueFrom(call.pipe(timeout(ANSWER_WITHIN_MS)));
  }
}
