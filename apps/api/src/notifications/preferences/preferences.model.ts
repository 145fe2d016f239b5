import { ApiProperty } from '@nestjs/swagger';
import {
  NOTIFICATION_LANGUAGES,
  type NotificationLanguage,
  type NotificationPreferences,
  type QuietHours,
} from '@support-chat/contracts';

export class QuietHoursModel implements QuietHours {
  @ApiProperty({ example: '22:00' }) start!: string;
  @ApiProperty({ example: '07:00', description: 'On the next day when before the start' })
  end!: string;
}

export class PreferencesModel implements NotificationPreferences {
  @ApiProperty() sound!: boolean;
  @ApiProperty() push!: boolean;
  @ApiProperty() email!: boolean;
  @ApiProperty({ type: QuietHoursModel, nullable: true }) quiet_hours!: QuietHoursModel | null;
  @ApiProperty({ description: 'IANA name', example: 'Europe/Berlin' }) time_zone!: string;
  @ApiProperty({ enum: NOTIFICATION_LANGUAGES }) language!: NotificationLanguage;
}
