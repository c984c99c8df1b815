// nodemailer: STARTTLS and TLS from the start, a pool of connections, an attachment, SMTPUTF8.
const nodemailer = require('nodemailer');

const [submission, submissions] = process.argv.slice(2).map(Number);
const common = {
  host: '127.0.0.1',
  auth: {user: 'bob', pass: 'secret'},
  tls: {rejectUnauthorized: false},
};

async function send(transport, subject, to) {
  await transport.sendMail({
    from: 'bob@example.net',
    to,
    subject,
    text: 'A line\n.\n..and dots\n',
    attachments: [{filename: 'a.bin', content: Buffer.from([0, 13, 10, 46, 255])}],
  });
}

async function main() {
  const onDemand = nodemailer.createTransport({...common, port: submission, requireTLS: true});
  await send(onDemand, 'nodemailer starttls', 'carol@example.net');
  await send(onDemand, 'nodemailer grüße', 'jürgen@example.net');
  for (const authMethod of ['PLAIN', 'LOGIN']) {
    const login = nodemailer.createTransport({...common, port: submissions, secure: true, authMethod});
    await send(login, 'nodemailer ' + authMethod, 'carol@example.net');
  }
  const pool = nodemailer.createTransport({...common, port: submissions, secure: true, pool: true});
  await Promise.all([...Array(20).keys()].map(i => send(pool, 'nodemailer pool ' + i, 'carol@example.net')));
  pool.close();
}

main().catch(failed => {
  console.error(failed);
  process.exit(1);
});
