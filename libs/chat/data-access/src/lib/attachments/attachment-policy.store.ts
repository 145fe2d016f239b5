import { Service, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ANSWER_WITHIN_MS, type Failure } from '@support-chat/contracts';
import { Subject, retry, switchMap, timeout, timer } from 'rxjs';
import { AttachmentApi } from './attachment.api';

const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 60_000;

/** Which files may be sent, as the server says; each question is repeated until it is answered. */
@Service()
export class AttachmentPolicyStore {
  private readonly api = inject(AttachmentApi);
  private readonly questions = new Subject<void>();

  /** Null until it is known. */
  readonly policy = toSignal(this.questions.pipe(switchMap(() => this.ask())), {
    initialValue: null,
  });

  /** Asks the server: before the first use, and when it may have changed. */
  refresh(): void {
    this.questions.next();
  }

  /** Asks anew where the server refused what the known policy allows. */
  refreshAfter({ status, errors }: Failure): void {
    const isOfKind = errors.some(({ code }) => code === 'not_allowed');
    if (status === 403 || status === 413 || isOfKind) this.refresh();
  }

  private ask() {
    const delay = (_: unknown, attempt: number) =>
      timer(Math.min(RETRY_FIRST_MS * 2 ** (attempt - 1), RETRY_MAX_MS));
    return this.api.policy().pipe(timeout(ANSWER_WITHIN_MS), retry({ delay }));
  }
}
