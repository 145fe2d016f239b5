import { ApiProperty } from '@nestjs/swagger';

const PARTS = {
  type: 'object' as const,
  nullable: true,
  additionalProperties: {
    type: 'object',
    required: ['status'],
    properties: { status: { type: 'string', enum: ['up', 'degraded', 'down'] } },
    additionalProperties: true,
  },
};

/** What a process that runs answers. */
export class LivenessModel {
  @ApiProperty({ enum: ['ok'] }) status!: 'ok';
}

/** What terminus answers: the verdict, and each part by name. */
export class HealthModel {
  @ApiProperty({ enum: ['ok', 'degraded', 'error', 'shutting_down'] }) status!: string;
  @ApiProperty({ ...PARTS, description: 'Parts that are well' }) info!: object | null;
  @ApiProperty({ ...PARTS, description: 'Parts that are not' }) error!: object | null;
  @ApiProperty({ ...PARTS, description: 'All parts' }) details!: object;
}
