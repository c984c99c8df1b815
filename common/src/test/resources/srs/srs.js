// Rewrites each "local domain" of the arguments, or with "reverse" as the first argument reverses each local part.
const SRS = require('srs.js');
const [secret, what, ...rest] = process.argv.slice(2);
const srs = new SRS({ secret });
for (const each of rest) {
  if (what === 'reverse') console.log(srs.reverse(each).join(' '));
  else {
    const at = each.lastIndexOf('@');
    console.log(srs.rewrite(each.slice(0, at), each.slice(at + 1)));
  }
}
