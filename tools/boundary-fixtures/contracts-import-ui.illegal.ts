import '@support-chat/ui';
