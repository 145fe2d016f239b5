import { ApiProperty } from '@nestjs/swagger';
import { LIMITS, type DeliveredBody, type MarkMessagesReadBody } from '@support-chat/contracts';
import { IdList, WholeNumber } from '../../platform/http/validation';

export class MarkMessagesReadDto implements MarkMessagesReadBody {
  @IdList(1, LIMITS.markReadIdsMax)
  @ApiProperty({ type: [Number], minItems: 1, maxItems: LIMITS.markReadIdsMax })
  message_ids!: number[];
}

export class DeliveredDto implements DeliveredBody {
  @WholeNumber(0)
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'The client holds everything up to here',
  })
  seq!: number;
}
