/** Line icons on a 24 x 24 grid, drawn with the current text colour. */
export const ICON_PATHS = {
  alert: 'M12 3.5 2.8 19.5h18.4L12 3.5Z M12 10v4.5 M12 17.2v.1',
  archive: 'M4 8.5v10h16v-10 M3 4.5h18v4H3v-4Z M9.5 12.5h5',
  back: 'M19 12H5 M11.5 5.5 5 12l6.5 6.5',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15l1.5-2Z M10 21h4',
  chat: 'M20.5 11.5a7.5 7.5 0 0 1-7.5 7.5H4l1.8-3A7.5 7.5 0 1 1 20.5 11.5Z',
  check: 'm5 12.8 4.4 4.4L19 7.5',
  'check-double': 'm2.5 12.8 4 4.2 8.7-9.3 M11 15l2 2 8.5-9.3',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z M12 7.5v5l3 1.8',
  close: 'm6 6 12 12 M18 6 6 18',
  copy: 'M9 9h10.5v10.5H9V9Z M5.5 15H4.5V4.5H15v1',
  down: 'M12 5v14 M5.5 12.5 12 19l6.5-6.5',
  inbox: 'M3.5 13.5 6.2 5h11.6l2.7 8.5v5.5h-17v-5.5Z M3.5 13.5H8l1.4 2.5h5.2l1.4-2.5h4.5',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z M12 11v5 M12 7.8v.1',
  live: 'M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z M8.2 15.8a5.4 5.4 0 0 1 0-7.6 M15.8 8.2a5.4 5.4 0 0 1 0 7.6 M5.3 18.7a9.5 9.5 0 0 1 0-13.4 M18.7 5.3a9.5 9.5 0 0 1 0 13.4',
  offline:
    'm3.5 3.5 17 17 M8.5 15.5a5 5 0 0 1 6.3-.6 M5 12a10 10 0 0 1 4.8-2.6 M14.6 9.5A10 10 0 0 1 19 12 M2 8.5a15 15 0 0 1 4.6-2.8 M11 4.9a15 15 0 0 1 11 3.6 M12 19.2v.1',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3l2.2 2.2 M19.5 4.5v4.4h-4.4',
  search: 'M10.8 17.5a6.7 6.7 0 1 0 0-13.4 6.7 6.7 0 0 0 0 13.4Z m4.9-1.8 4.8 4.8',
  send: 'M4 4.8 20.5 12 4 19.2l2.6-7.2L4 4.8Z M6.6 12h6.9',
  trash: 'M4.5 6.5h15 M9 6.5v-2h6v2 M6.5 6.5l.9 13h9.2l.9-13 M10.2 10.5v5.5 M13.8 10.5v5.5',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z M4.5 20c.8-3.4 3.8-5.3 7.5-5.3s6.7 1.9 7.5 5.3',
} as const;

export type IconName = keyof typeof ICON_PATHS;

/** Icons that point along the line of reading, and turn round where it runs right to left. */
export const DIRECTIONAL_ICONS: readonly IconName[] = ['back', 'send'];
