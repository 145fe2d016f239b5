import '../admin/admin.module';
