import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PushEndpointBody, PushSubscriptionBody } from '@support-chat/contracts';
import { IsOptional } from 'class-validator';
import { rule, TextLength } from '../../platform/http/validation';
import { isPushKey, isPushSecret } from './push-keys.rules';

/** Longer than those of any push service. */
const MAX_ENDPOINT = 1_000;

export class PushEndpointDto implements PushEndpointBody {
  @TextLength(1, MAX_ENDPOINT)
  @ApiProperty({ format: 'uri', maxLength: MAX_ENDPOINT })
  endpoint!: string;
}

class PushSubscriptionKeys {
  @ApiProperty({ description: 'A point of P-256, uncompressed, base64url' }) p256dh!: string;
  @ApiProperty({ description: '16 bytes, base64url' }) auth!: string;
}

export class PushSubscriptionDto extends PushEndpointDto implements PushSubscriptionBody {
  @rule('bad_format', 'must have p256dh and auth as the browser gives them', areKeys)
  @ApiProperty({ type: PushSubscriptionKeys })
  keys!: PushSubscriptionKeys;

  @IsOptional()
  @rule('wrong_type', 'must be a number', Number.isFinite)
  @ApiPropertyOptional({ type: Number, nullable: true, description: 'Not used' })
  expirationTime?: number | null;
}

function areKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { p256dh, auth, ...more } = value as Record<string, unknown>;
  return isPushKey(p256dh) && isPushSecret(auth) && Object.keys(more).length === 0;
}
