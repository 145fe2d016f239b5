import { CreateAuth1763800000000 } from './1763800000000-create-auth';
import { CreateChat1763800001000 } from './1763800001000-create-chat';
import { SendNews1763800002000 } from './1763800002000-send-news';
import { RememberDemo1763800003000 } from './1763800003000-remember-demo';
import { QuietWrites1763800004000 } from './1763800004000-quiet-writes';
import { SlimMessageIndexes1763800005000 } from './1763800005000-slim-message-indexes';
import { CreateAttachments1763800006000 } from './1763800006000-create-attachments';
import { CreateNotifications1763800007000 } from './1763800007000-create-notifications';

/** In order of their time stamps. */
export const MIGRATIONS = [
  CreateAuth1763800000000,
  CreateChat1763800001000,
  SendNews1763800002000,
  RememberDemo1763800003000,
  QuietWrites1763800004000,
  SlimMessageIndexes1763800005000,
  CreateAttachments1763800006000,
  CreateNotifications1763800007000,
];
