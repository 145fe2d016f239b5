import { RefreshTokenEntity } from './sessions/refresh-token.entity';
import { UserEntity } from './users/user.entity';

export const AUTH_ENTITIES = [UserEntity, RefreshTokenEntity];
