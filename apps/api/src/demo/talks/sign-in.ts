import { DAYS, HOURS, ask, reply, student, type DemoTalk } from '../talk';

/** Login, access and browsers; the first talks are those of the student who can sign in. */
export const SIGN_IN_TALKS: readonly DemoTalk[] = [
  {
    student: student('Mina Park', 'student'),
    admin: 'daniel',
    minutesAgo: 15 * DAYS,
    isEnded: true,
    lines: [
      ask('Hello, I have just enrolled. Where do I find the reading list for Academic Writing?'),
      reply('Welcome, Mina! It is on the course page under “Materials”, third from the top.'),
      ask('Found it, thanks!'),
    ],
  },
  {
    student: student('Mina Park', 'student'),
    admin: 'sara',
    minutesAgo: 6,
    unread: 2,
    lines: [
      ask('Hi! I uploaded my essay for Academic Writing but the page still says “Not submitted”.'),
      reply('Hello Mina, thanks for writing. Which file type did you upload?'),
      ask('A .pages file, from my Mac'),
      reply(
        'That explains it: the assignment takes PDF or DOCX. Your file arrived, but it cannot be marked like that.\nIn Pages choose File → Export To → PDF and upload it again.',
      ),
      ask('Ahh ok. Doing it now'),
      ask(
        'It worked! It says “Submitted, 21:40” 🎉 Does it count as late? The deadline was 21:30.',
      ),
      reply(
        'Your first upload was at 20:12, so I have set that as the time of submission. No late penalty.',
      ),
      ask('You are a lifesaver, thank you so much'),
      reply('With pleasure. Good luck with the feedback round next week!'),
      ask(
        'One more thing: where do I see who reviews my essay? The “Peer review” tab is empty for me.',
      ),
      reply(
        'Reviewers are drawn after the deadline has passed for everybody, so tomorrow at 09:00.',
      ),
      reply(
        'You will get an e-mail, and their names appear in that same tab. Anything else I can do?',
      ),
    ],
  },
  {
    student: student('Amara Okafor', 'amara.okafor'),
    admin: 'daniel',
    minutesAgo: 38,
    unread: 1,
    lines: [
      ask('Good morning. I changed my phone and now the authenticator code is never accepted.'),
      reply('Good morning Amara. Do you still have the recovery codes from when you set it up?'),
      ask('No, I think they were on the old phone too 😬'),
      reply('No problem. I have sent a confirmation link to your university address.'),
      ask('Clicked it. It asks me to “wait for approval by staff”, is that you?'),
    ],
  },
  {
    student: student('Jonas Weber', 'jonas.weber'),
    admin: 'sara',
    minutesAgo: 2 * DAYS,
    isEnded: true,
    lines: [
      ask('The password reset mail does not arrive. I tried four times.'),
      reply(
        'Hi Jonas, I can see four mails going out to jonas.webber@…, with two b. Is that a typo?',
      ),
      ask('Oh no. Yes. One b.'),
      reply('Corrected. Please try “Forgot password” once more.'),
      ask('Got it within seconds. Thanks!'),
      reply('Great, have fun with the course.'),
    ],
  },
  {
    student: student('Grace Nyambura', 'grace.nyambura'),
    admin: 'daniel',
    minutesAgo: 5 * HOURS,
    lines: [
      ask('I am enrolled in Biology 2 but the course list shows only Biology 1'),
      reply('Let me look. Did you pay the fee with the bank transfer or by card?'),
      ask('bank transfer, on Friday'),
      reply('Then it should be there today: transfers are matched every working day at noon.'),
      ask('It is there now! Thank you'),
    ],
  },
  {
    student: student('Oliver Whitfield', 'oliver.whitfield'),
    admin: 'sara',
    minutesAgo: 9 * DAYS,
    isEnded: true,
    lines: [
      ask('I keep being signed out every few minutes when I switch between my tablet and laptop.'),
      reply('Hello Oliver. Is one of the two in a private window?'),
      ask('The tablet, yes. My sister uses it as well.'),
      reply(
        'A private window forgets the session when the tablet sleeps. The laptop should stay in.',
      ),
      ask('Makes sense. I will make a profile of my own on the tablet.'),
    ],
  },
  {
    student: student('Fatoumata Diallo', 'fatoumata.diallo'),
    admin: 'layla',
    minutesAgo: 26 * HOURS,
    unread: 1,
    lines: [
      ask(
        'My name is spelled “Fatouma” in the system, it will be wrong on the certificate too I guess?',
      ),
      reply(
        'It would be, so good that you say it. Could you send a photo of your student card to registry@demo.school?',
      ),
      ask('Sent.'),
      reply('Changed to Fatoumata Diallo. It shows everywhere after the next sign-in.'),
    ],
  },
];
