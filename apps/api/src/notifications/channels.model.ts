import { ApiProperty } from '@nestjs/swagger';
import type { NotificationChannels } from '@support-chat/contracts';

export class ChannelsModel implements NotificationChannels {
  @ApiProperty({ type: String, nullable: true, description: 'VAPID, base64url; null: no push' })
  push_public_key!: string | null;
  @ApiProperty({ description: 'Mail is set up' }) email!: boolean;
}
