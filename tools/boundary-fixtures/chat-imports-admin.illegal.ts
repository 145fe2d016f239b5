import '@support-chat/admin-data-access';
