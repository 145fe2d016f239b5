import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  NOTIFICATION_LANGUAGES,
  type NotificationLanguage,
  type NotificationPreferencesBody,
  type QuietHours,
} from '@support-chat/contracts';
import { IsOptional } from 'class-validator';
import { AllowedWord, Flag, rule, TextLength } from '../../platform/http/validation';
import { QuietHoursModel } from './preferences.model';
import { findTimeZone } from './time-zone';

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

export class PreferencesDto implements NotificationPreferencesBody {
  @IsOptional()
  @Flag()
  @ApiPropertyOptional()
  sound?: boolean;

  @IsOptional()
  @Flag()
  @ApiPropertyOptional()
  push?: boolean;

  @IsOptional()
  @Flag()
  @ApiPropertyOptional()
  email?: boolean;

  @IsOptional()
  @rule('bad_format', 'must have start and end, two different times such as 22:00', isQuietHours)
  @ApiPropertyOptional({ type: QuietHoursModel, nullable: true, description: 'null: none' })
  quiet_hours?: QuietHours | null;

  @IsOptional()
  @TextLength(1, 64)
  @rule('not_allowed', 'must be the IANA name of a time zone', isKnownZone)
  @ApiPropertyOptional({ example: 'Europe/Berlin' })
  time_zone?: string;

  @IsOptional()
  @AllowedWord(NOTIFICATION_LANGUAGES)
  @ApiPropertyOptional({ enum: NOTIFICATION_LANGUAGES })
  language?: NotificationLanguage;
}

function isQuietHours(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { start, end, ...more } = value as Record<string, unknown>;
  const areTimes = [start, end].every((time) => typeof time === 'string' && TIME_OF_DAY.test(time));
  return areTimes && start !== end && Object.keys(more).length === 0;
}

function isKnownZone(value: unknown): boolean {
  return typeof value !== 'string' || findTimeZone(value) !== null;
}
