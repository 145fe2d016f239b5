import {
  Component,
  ElementRef,
  afterNextRender,
  computed,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import {
  NotificationChannelsStore,
  NotificationPreferencesStore,
} from '@support-chat/chat-data-access';
import {
  type Failure,
  type NotificationPreferencesBody,
  readFailure,
} from '@support-chat/contracts';
import {
  ErrorStateComponent,
  I18n,
  IconComponent,
  SkeletonComponent,
  SwitchComponent,
  failureText,
} from '@support-chat/ui';
import { PushSettingComponent } from './push-setting.component';
import { QuietHoursSettingComponent } from './quiet-hours-setting.component';
import { SoundSettingComponent } from './sound-setting.component';
import { TestAlertsComponent } from './test-alerts.component';

/** How the viewer wants to be told of messages. Each change is stored at once; open while it exists. */
@Component({
  selector: 'sc-notification-settings',
  imports: [
    ErrorStateComponent,
    IconComponent,
    PushSettingComponent,
    QuietHoursSettingComponent,
    SkeletonComponent,
    SoundSettingComponent,
    SwitchComponent,
    TestAlertsComponent,
  ],
  templateUrl: './notification-settings.component.html',
  styleUrl: './notification-settings.component.css',
})
export class NotificationSettingsComponent {
  protected readonly i18n = inject(I18n);
  protected readonly preferences = inject(NotificationPreferencesStore);
  protected readonly channels = inject(NotificationChannelsStore);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly channelsFailure = signal<Failure | null>(null);

  readonly closed = output();

  protected readonly loadFailure = computed(
    () => this.channelsFailure() ?? this.preferences.failure(),
  );
  protected readonly isSaved = signal(false);
  /** Why the last change was not stored. */
  protected readonly alert = computed(() => {
    const failure = this.preferences.failure();
    return failure && failureText(this.i18n, failure);
  });

  constructor() {
    void this.load();
    afterNextRender(() => {
      this.dialog().nativeElement.showModal();
    });
  }

  protected async load(): Promise<void> {
    this.channelsFailure.set(null);
    const channels = this.channels.load().catch((error: unknown) => {
      this.channelsFailure.set(readFailure(error));
    });
    await Promise.all([this.preferences.load(), channels]);
  }

  protected async change(changes: NotificationPreferencesBody): Promise<void> {
    this.isSaved.set(false);
    this.isSaved.set(await this.preferences.change(changes));
  }

  /** Closed before it goes, so that the browser gives the focus back to where it was. */
  protected close(): void {
    this.dialog().nativeElement.close();
    this.closed.emit();
  }
}
