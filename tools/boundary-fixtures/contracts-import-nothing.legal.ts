import './lib/limits';
