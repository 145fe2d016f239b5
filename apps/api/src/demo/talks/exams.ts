import { DAYS, HOURS, ask, reply, student, type DemoTalk } from '../talk';

/** Exams, timetables and other questions of daily study. */
export const EXAM_TALKS: readonly DemoTalk[] = [
  {
    student: student('Dmitri Volkov', 'dmitri.volkov'),
    admin: 'sara',
    minutesAgo: 9,
    unread: 1,
    lines: [
      ask('URGENT: my exam starts in 20 min and the page says “You are not registered”!!'),
      reply('I am here, Dmitri. Which exam?'),
      ask('Financial Accounting, room B'),
      reply(
        'You are registered, but for the afternoon slot. I have moved you to 10:00. Please reload.',
      ),
      ask('It opens now. THANK YOU. One question: is the formula sheet allowed?'),
    ],
  },
  {
    student: student('نور الهاشمي', 'noor.alhashimi'),
    admin: 'layla',
    minutesAgo: 31 * HOURS,
    lines: [
      ask('هل الامتحان النهائي حضوري أم عن بُعد؟'),
      reply('مرحباً نور. الامتحان عن بُعد، لكن يجب تثبيت المتصفح الآمن قبل يوم الامتحان.'),
      ask('من أين أحمّله؟ أستخدم macOS.'),
      reply(
        'من صفحة «الامتحانات» ← «قبل أن تبدأ». توجد نسخة لنظامي Windows و macOS، وامتحان تجريبي مدته 5 دقائق.',
      ),
      ask('جربته ونجح. شكراً لك أستاذة ليلى'),
    ],
  },
  {
    student: student('Sofia Papadopoulou', 'sofia.papadopoulou'),
    admin: 'daniel',
    minutesAgo: 21 * HOURS,
    lines: [
      ask('Hi, I have dyslexia and get 25 % more time. Does the online exam know that?'),
      reply(
        'Hello Sofia, yes: 90 minutes become 112 for you. It is shown on the start page of the exam.',
      ),
      ask('I see it, great. And for the quizzes?'),
      reply('For those as well, since last month.'),
      ask('Wonderful, thanks!'),
    ],
  },
  {
    student: student('Lukas Steiner', 'lukas.steiner'),
    admin: 'sara',
    minutesAgo: 90,
    lines: [
      ask('Hallo, zwei meiner Prüfungen liegen am selben Tag zur selben Zeit 😅'),
      reply('Hallo Lukas, das sollte nicht passieren. Welche beiden sind es?'),
      ask('Analysis 2 und Datenstrukturen, beide am 14. um 9 Uhr.'),
      reply('Danke. Datenstrukturen hat einen zweiten Termin um 14 Uhr, ich habe dich umgebucht.'),
      ask('Spitze, vielen Dank!'),
      reply('Viel Erfolg bei beiden!'),
    ],
  },
  {
    student: student('Nguyễn Thị Lan', 'lan.nguyen'),
    admin: 'daniel',
    minutesAgo: 46 * HOURS,
    unread: 1,
    lines: [
      ask('Hello, I was ill on the exam day. I have a letter from the doctor.'),
      reply(
        'I hope you are better, Lan. Please upload the letter under Exams → Absence within a week.',
      ),
      ask('Uploaded. When is the second date?'),
      reply('On the 27th at 13:00. You are on the list already, so nothing more to do.'),
    ],
  },
  {
    student: student('王伟', 'wang.wei'),
    admin: 'sara',
    minutesAgo: 10 * DAYS,
    isEnded: true,
    lines: [
      ask('你好，请问考试可以用自己的计算器吗？'),
      reply('你好！可以，只要没有联网功能。考试说明的第 4 条有允许的型号。'),
      ask('看到了，谢谢！'),
      reply('不客气，祝考试顺利。'),
    ],
  },
  {
    student: student('Ingrid Solberg', 'ingrid.solberg'),
    admin: 'daniel',
    minutesAgo: 18 * DAYS,
    isEnded: true,
    lines: [
      ask('May I switch from the evening to the morning group of Spanish A2?'),
      reply('The morning group is full, but there is a waiting list. You would be number two.'),
      ask('Please put me on it.'),
      reply('Done. You keep your evening seat until a place is free.'),
      ask('Perfect.'),
      reply('Good news: a place is free from Monday, and it is yours if you like.', 'layla'),
      ask('Yes!! Thank you both'),
    ],
  },
  {
    student: student('Samuel Adeyemi', 'samuel.adeyemi'),
    admin: 'sara',
    minutesAgo: 33,
    unread: 1,
    lines: [
      ask('Is the library included in the summer course fee?'),
      reply('Yes, Samuel, on site and online, until the end of September.'),
      ask('And the printing credit?'),
      reply('Twenty pages a week. More can be bought at the desk.'),
    ],
  },
];
