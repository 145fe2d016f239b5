import './config/settings';
