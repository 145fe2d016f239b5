import type { Command } from '../command';
import { createAdmin } from './create-admin.command';
import { deleteMessage } from './delete-message.command';
import { disableUser } from './disable-user.command';
import { doctor } from './doctor.command';
import { enableUser } from './enable-user.command';
import { listAdmins } from './list-admins.command';
import { loadDemo } from './load-demo.command';
import { migrateDown } from './migrate-down.command';
import { migrateUp } from './migrate.command';
import { removeDemo } from './remove-demo.command';
import { setPassword } from './set-password.command';
import { setRole } from './set-role.command';

/** All commands, in the order of the help. A new one is a file here and a line in this table. */
export const COMMANDS: readonly Command[] = [
  createAdmin,
  listAdmins,
  setPassword,
  setRole,
  disableUser,
  enableUser,
  deleteMessage,
  migrateUp,
  migrateDown,
  loadDemo,
  removeDemo,
  doctor,
];
