import { ApiProperty } from '@nestjs/swagger';
import type { MarkedRead, UnreadCount } from '@support-chat/contracts';

export class UnreadCountModel implements UnreadCount {
  @ApiProperty({ type: 'integer' }) unread_count!: number;
}

export class MarkedReadModel implements MarkedRead {
  @ApiProperty({ type: 'integer', description: 'Messages that became read by this call' })
  marked_read!: number;
}
