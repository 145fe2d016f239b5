// The door to what files need, apart from `index.ts`: it is loaded when there is a file, not before.
export * from './lib/attachments/attachment-files';
export * from './lib/attachments/attachment-policy.store';
export * from './lib/attachments/attachment.api';
export * from './lib/attachments/file-check';
export * from './lib/attachments/image-choice';
export * from './lib/attachments/outgoing-files';
export * from './lib/attachments/postponed-sender';
export * from './lib/attachments/upload';
export * from './lib/attachments/uploads';
