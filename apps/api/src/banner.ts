import { APP_ROUTES } from '@support-chat/contracts';

/** A sign-in that the demo data made. */
export interface SignIn {
  who: string;
  email: string;
  password: string;
}

interface Running {
  /** Such as `http://127.0.0.1:3000`. */
  origin: string;
  database: string;
  signIns: readonly SignIn[];
}

/** What the person at the terminal needs: where to go and how to sign in. */
export function formatBanner({ origin, database, signIns }: Running): string {
  const rows: [string, string][] = [
    ['Students', `${origin}${APP_ROUTES.support}`],
    ['Admins', `${origin}${APP_ROUTES.admin}`],
    ['API', `${origin}/api/docs`],
    ['Database', database],
  ];
  const lines = [
    '',
    'Support Chat is running.',
    '',
    ...rows.map(([name, value]) => row(name, value)),
  ];
  if (signIns.length > 0) {
    lines.push('', 'Demo sign-ins');
    for (const { who, email, password } of signIns) lines.push(row(who, `${email}  ${password}`));
  }
  lines.push('', 'Ctrl-C stops it.', '');
  return lines.join('\n');
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(10)}${value}`;
}
