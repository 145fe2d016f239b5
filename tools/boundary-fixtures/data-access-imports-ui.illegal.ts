export * from '@support-chat/ui';
