import { DAYS, HOURS, ask, reply, student, type DemoTalk } from '../talk';

/** Assignments, deadlines and group work. */
export const ASSIGNMENT_TALKS: readonly DemoTalk[] = [
  {
    student: student('Noah Bergström', 'noah.bergstrom'),
    admin: 'daniel',
    minutesAgo: 17,
    unread: 2,
    lines: [
      ask('Hello, is the deadline for Problem Set 4 in my time zone or in yours?'),
      ask('It says 23:59 but I am in Vancouver this month.'),
    ],
  },
  {
    student: student('Lucía Fernández', 'lucia.fernandez'),
    admin: 'sara',
    minutesAgo: 3 * HOURS,
    lines: [
      ask('Hola, ¿se puede entregar el trabajo de Historia en grupo de tres?'),
      reply('¡Hola, Lucía! Sí, de dos o tres personas. Una sola entrega por grupo.'),
      ask('¿Y cómo añado a mis compañeros?'),
      reply(
        'En la tarea, pulsa «Formar grupo» y escribe sus correos. Ellos tienen que aceptar antes del viernes.',
      ),
      ask('Perfecto, ya está. ¡Muchas gracias!'),
      reply('A ti. ¡Suerte con el trabajo!'),
    ],
  },
  {
    student: student('Hamza Siddiqui', 'hamza.siddiqui'),
    admin: 'sara',
    minutesAgo: 52,
    unread: 1,
    lines: [
      ask('My laptop died yesterday and the lab report is due tonight. Can I get two more days?'),
      reply('I am sorry to hear that, Hamza. Was any part of it saved in the shared notebook?'),
      ask('Only the data, the text is gone.'),
      reply(
        'Then the data proves that you had worked on it. I have moved your deadline to Thursday, 18:00.',
      ),
      ask('Thank you!! Should I mention the extension in the report?'),
    ],
  },
  {
    student: student('Chloé Marchand', 'chloe.marchand'),
    admin: 'layla',
    minutesAgo: 4 * DAYS,
    isEnded: true,
    lines: [
      ask('Bonjour, je ne trouve pas où déposer le fichier audio pour le cours de phonétique.'),
      reply(
        'Bonjour Chloé ! Onglet « Travaux », puis « Semaine 6 ». Le bouton accepte MP3 et WAV, 10 Mo au plus.',
      ),
      ask('Mon fichier fait 34 Mo…'),
      reply('En WAV, sans doute. Exportez-le en MP3 à 128 kb/s, il fera environ 3 Mo.'),
      ask('C’est bon, merci beaucoup !'),
      reply('Parfait, bonne continuation.'),
    ],
  },
  {
    student: student('Kwame Asante', 'kwame.asante'),
    admin: 'daniel',
    minutesAgo: 30 * HOURS,
    lines: [
      ask('The autograder gives 0/10 for exercise 3 although it runs fine here.'),
      ask('Output:\nExpected: 12.50\nGot: 12.5'),
      reply('It compares text, so it wants two decimals. Use f"{price:.2f}" in the last line.'),
      ask('10/10 😀 but that is a bit unfair, isn’t it'),
      reply('A fair point. I have passed it on to the teacher, the task does not mention it.'),
      ask('Thanks for taking it seriously'),
    ],
  },
  {
    student: student('Isabella Rossi', 'isabella.rossi'),
    admin: 'sara',
    minutesAgo: 6 * DAYS,
    lines: [
      ask('One member of our group stopped answering two weeks ago. We have to present on Monday.'),
      reply('That is a hard spot. Have you told your tutor already?'),
      ask('Not yet, we did not want to get him into trouble'),
      reply(
        'I understand. Still, please tell her before Monday: then the group is marked for two people’s work.',
      ),
      ask('Ok, we will write to her tonight.'),
      reply('Good decision. If you like, I can be in copy.'),
      ask('Yes please, that would help.'),
    ],
  },
  {
    student: student('Tariq Mahmoud', 'tariq.mahmoud'),
    admin: 'layla',
    minutesAgo: 75,
    unread: 1,
    lines: [
      ask('السلام عليكم، متى آخر موعد لتسليم مشروع قواعد البيانات؟'),
      reply('وعليكم السلام يا طارق. آخر موعد يوم الأحد القادم الساعة 23:59 بتوقيت المدرسة.'),
      ask('هل يمكنني تسليم الملف بصيغة ZIP؟'),
      reply(
        'نعم، بشرط ألا يزيد حجمه على 10 ميغابايت، وأن يحتوي على ملف README يشرح طريقة التشغيل.',
      ),
    ],
  },
];
