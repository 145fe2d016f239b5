import { DAYS, HOURS, ask, reply, student, type DemoTalk } from '../talk';

/** Videos, live classes and the app. */
export const MEDIA_TALKS: readonly DemoTalk[] = [
  {
    student: student('Ravi Chandrasekaran', 'ravi.chandrasekaran'),
    admin: 'daniel',
    minutesAgo: 24,
    unread: 3,
    lines: [
      ask('Lecture 7 stops at 12:43 every time. The wheel just spins.'),
      reply('Hi Ravi. Does it stop at the same place in another browser?'),
      ask('Yes, Chrome and Firefox'),
      ask('and on my phone with mobile data too'),
      ask('Seems to be the video itself, a friend sees the same'),
    ],
  },
  {
    student: student('María José Quispe', 'mariajose.quispe'),
    admin: 'sara',
    minutesAgo: 20 * HOURS,
    unread: 1,
    lines: [
      ask('Buenas tardes, los vídeos de la unidad 3 no tienen subtítulos y yo los necesito.'),
      reply('Buenas tardes, María José. Tiene razón, faltan. Los encargo ahora mismo.'),
      ask('¿Sabe cuándo estarán? El examen es el día 20.'),
      reply('Mañana por la mañana los de los dos primeros vídeos, el resto antes del jueves.'),
      reply('Mientras tanto puede descargar la transcripción debajo de cada vídeo.'),
      ask('Muchísimas gracias, de verdad.'),
      reply('Ya están los dos primeros. ¡Avíseme si algo no se lee bien!'),
    ],
  },
  {
    student: student('Freya Andersen', 'freya.andersen'),
    admin: 'daniel',
    minutesAgo: 7 * DAYS,
    isEnded: true,
    lines: [
      ask('Is the live class on Thursday recorded? I have a dentist appointment.'),
      reply('Yes, the recording is there about two hours later. Attendance is not counted.'),
      ask('Perfect thanks'),
    ],
  },
  {
    student: student('عمر الخطيب', 'omar.alkhatib'),
    admin: 'layla',
    minutesAgo: 4 * HOURS,
    lines: [
      ask('مرحبا، الصوت لا يعمل في المحاضرة المباشرة، الصورة تظهر لكن بلا صوت.'),
      reply('أهلاً عمر. هل ترى رمز السماعة مشطوباً أسفل الشاشة؟'),
      ask('نعم! لم أنتبه له.'),
      reply('اضغط عليه مرة واحدة، ثم اختر السماعات من القائمة.'),
      ask('اشتغل الآن، شكراً جزيلاً 🙏'),
      reply('على الرحب والسعة، محاضرة ممتعة!'),
    ],
  },
  {
    student: student('Liam O’Sullivan', 'liam.osullivan'),
    admin: 'sara',
    minutesAgo: 13 * HOURS,
    lines: [
      ask('Can I download lectures for the train? No signal between Cork and Dublin.'),
      reply('In the app, yes: the arrow beside each lecture. They stay for 30 days.'),
      ask('And in the browser?'),
      reply('Only the slides and the transcript there.'),
      ask('Grand, the app will do.'),
    ],
  },
  {
    student: student('Zeynep Kaya', 'zeynep.kaya'),
    admin: 'layla',
    minutesAgo: 5 * DAYS,
    lines: [
      ask('Uygulama videoyu tam ekran yapınca kapanıyor, telefonum Android 12.'),
      reply('Merhaba Zeynep, 5.2 sürümünde bu hata vardı. Uygulamanın sürümünü yazar mısın?'),
      ask('5.2.0 yazıyor'),
      reply('5.2.1’e güncelleyince düzeliyor, mağazada dünden beri var.'),
      ask('Güncelledim, sorun kalmadı. Teşekkürler!'),
    ],
  },
  {
    student: student('Anneke de Vries', 'anneke.devries'),
    admin: 'daniel',
    minutesAgo: 16 * DAYS,
    isEnded: true,
    lines: [
      ask('The formulas on the slides of week 2 are shown as \\frac{a}{b} instead of a fraction.'),
      reply('Thanks for the hint, that is our fault. Which browser do you use?'),
      ask('An old Safari, 13 I think'),
      reply(
        'That one is too old for the formula display. There is also a PDF under “Materials”, with the same slides.',
      ),
      ask('The PDF is fine for me. Thank you'),
    ],
  },
];
