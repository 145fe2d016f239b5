/** Who answers in the demo; the first one can sign in. */
export const DEMO_ADMINS = {
  sara: { name: 'Sara Lindqvist', email: 'admin@demo.school' },
  daniel: { name: 'Daniel Mensah', email: 'daniel.mensah@demo.school' },
  layla: { name: 'Layla Haddad', email: 'layla.haddad@demo.school' },
} as const;
export type DemoAdmin = keyof typeof DEMO_ADMINS;

export interface DemoPerson {
  name: string;
  email: string;
}

export interface DemoLine {
  from: 'student' | 'admin';
  text: string;
  /** An admin other than the talk's, who took over for this line. */
  by?: DemoAdmin;
  /** Minutes since the line before; made up when missing. */
  afterMinutes?: number;
}

/** A conversation as written down; `layOutTalk` gives it times, readers and revisions. */
export interface DemoTalk {
  student: DemoPerson;
  admin: DemoAdmin;
  /** How long ago the last line was written, or the conversation begun where there is none. */
  minutesAgo: number;
  lines: readonly DemoLine[];
  /** How many of the last lines, all by one side, the other side has not read yet. */
  unread?: number;
  isEnded?: boolean;
}

export const HOURS = 60;
export const DAYS = 24 * HOURS;

export function student(name: string, mailbox: string): DemoPerson {
  return { name, email: `${mailbox}@demo.school` };
}

/** A line of the student. */
export function ask(text: string): DemoLine {
  return { from: 'student', text };
}

/** A line of the talk's admin, or of the one named. */
export function reply(text: string, by?: DemoAdmin): DemoLine {
  return by ? { from: 'admin', text, by } : { from: 'admin', text };
}
