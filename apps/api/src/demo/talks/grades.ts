import { DAYS, HOURS, ask, reply, student, type DemoTalk } from '../talk';

/** Grades, feedback and certificates. */
export const GRADE_TALKS: readonly DemoTalk[] = [
  {
    student: student('Emily Tran', 'emily.tran'),
    admin: 'daniel',
    minutesAgo: 11 * HOURS,
    lines: [
      ask('My quiz shows 7/10 but when I count the green ticks there are 8.'),
      reply('Hi Emily, question 5 is worth two points and question 9 none, it was withdrawn.'),
      ask('Ah! Could that be written somewhere?'),
      reply(
        'It is in the announcement of 3 o’clock, but you are right, it belongs on the result page. I will suggest it.',
      ),
      ask('Thanks, all clear now'),
    ],
  },
  {
    student: student('Yusuf Demir', 'yusuf.demir'),
    admin: 'sara',
    minutesAgo: 2 * HOURS,
    unread: 1,
    lines: [
      ask('Merhaba, final notum hâlâ sistemde görünmüyor. Diğer arkadaşlarımınki açıklandı.'),
      reply('Merhaba Yusuf. Hangi ders için soruyorsun?'),
      ask('Lineer Cebir, ikinci grup.'),
      reply(
        'İkinci grubun notları bugün saat 17:00’de açıklanacak. Birinci grup daha erken sınava girmişti.',
      ),
      ask('Anladım, teşekkür ederim. Not itirazı için süre ne kadar?'),
    ],
  },
  {
    student: student('Sophie Keller', 'sophie.keller'),
    admin: 'daniel',
    minutesAgo: 28 * HOURS,
    lines: [
      ask('Guten Tag, wann bekomme ich mein Zertifikat für den Kurs „Projektmanagement“?'),
      reply(
        'Guten Tag, Sophie. Sobald alle drei Aufgaben bewertet sind. Die letzte ist noch offen.',
      ),
      ask('Die habe ich am 2. abgegeben. Wie lange dauert die Bewertung ungefähr?'),
      reply('In der Regel zehn Werktage, also bis Ende nächster Woche.'),
      ask('Super, danke für die schnelle Antwort!'),
      reply('Gern geschehen. Das Zertifikat kommt dann automatisch per E-Mail.'),
    ],
  },
  {
    student: student('Aisha Bello', 'aisha.bello'),
    admin: 'sara',
    minutesAgo: 3 * DAYS,
    isEnded: true,
    lines: [
      ask('Can the certificate show my full name with both surnames?'),
      reply('Yes. Under Profile → Name you can set the name for certificates on its own.'),
      ask('Found it. Will the one from spring change too?'),
      reply('No, issued ones stay, but I can issue it again. Shall I?'),
      ask('Yes please'),
      reply(
        'Done, you have it in your inbox. The old one is marked as replaced when somebody checks its code.',
      ),
      ask('Brilliant, that was quick!'),
    ],
  },
  {
    student: student('陈静怡', 'chen.jingyi'),
    admin: 'layla',
    minutesAgo: 8 * HOURS,
    unread: 1,
    lines: [
      ask('老师您好，我的期中成绩好像算错了。'),
      reply('静怡你好！请问是哪一门课？你觉得哪里有问题？'),
      ask('微观经济学。第二题我写了两种解法，但是只得了一半的分。'),
      reply('我已经请任课老师重新看一下，通常两个工作日内会有答复。'),
    ],
  },
  {
    student: student('Mateus Oliveira', 'mateus.oliveira'),
    admin: 'daniel',
    minutesAgo: 12 * DAYS,
    isEnded: true,
    lines: [
      ask('Oi! A nota do meu relatório saiu sem comentários. É normal?'),
      reply('Oi, Mateus! Não é. O comentário ficou como rascunho do professor, vou avisá-lo.'),
      ask('Obrigado!'),
      reply('Publicado agora mesmo. Dá uma olhada, são duas páginas.'),
      ask('Recebi. Muito útil, valeu!'),
    ],
  },
  {
    student: student('Hannah Goldberg', 'hannah.goldberg'),
    admin: 'sara',
    minutesAgo: 44 * HOURS,
    lines: [
      ask('I would like to appeal my grade in Ethics. How does that work?'),
      reply(
        'Hello Hannah. Within 14 days of the result, by the form under Grades → Appeal. It asks for the criterion you disagree with.',
      ),
      ask('Does the grade get worse if they disagree with me?'),
      reply('No. It can only stay or go up.'),
      ask('That is reassuring. Thank you Sara.'),
    ],
  },
];
