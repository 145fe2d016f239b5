// A client in a process of its own, which a drill can stop: holds one authenticated socket.
const [origin, token] = process.argv.slice(2);
const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/chat/socket`);
socket.onopen = () => socket.send(JSON.stringify({ type: 'authenticate', token }));
socket.onmessage = ({ data }) => {
  if (JSON.parse(data).type === 'ready') process.stdout.write('ready\n');
};
