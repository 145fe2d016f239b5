import { ApiProperty } from '@nestjs/swagger';
import type { Session } from '@support-chat/contracts';
import { UserModel } from './user.model';

export class SessionModel implements Session {
  @ApiProperty()
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';

  /** Seconds the access token lives. */
  @ApiProperty({ type: 'integer' })
  expires_in!: number;

  @ApiProperty()
  user!: UserModel;
}
