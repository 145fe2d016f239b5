// The door to what shows files, apart from `index.ts`: it is loaded when there is a file, not before.
export * from './lib/attachment/file-card.component';
export * from './lib/attachment/file-kinds';
export * from './lib/attachment/format-bytes';
export * from './lib/attachment/inline-image.component';
export * from './lib/attachment/lightbox.component';
export type * from './lib/attachment/upload-view';
export * from './lib/attachment/upload-tray.component';
