import { ApiProperty } from '@nestjs/swagger';
import { USER_ROLES, type User, type UserRole } from '@support-chat/contracts';

export class UserModel implements User {
  @ApiProperty({ type: 'integer' })
  id!: number;

  @ApiProperty()
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: Object.values(USER_ROLES) })
  role!: UserRole;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;
}
