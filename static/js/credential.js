// What a square and a status list say, as certificates/proof writes them, and whether it is true. No page, no net.
const FORMAT = 2, SPECIMEN = 1, OWN_TITLE = 2, ITERATIONS = 100_000, DAY = 86_400_000;
const LANGUAGES = ["en", "pt", "fr", "sw"];
const RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const utf8 = (text) => new TextEncoder().encode(text);
const bits = (bytes) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

// { kid, code, programme, version, awarded, until (dates), salt, name, list, index, specimen, ownTitle, language }.
// Throws where it is no credential of ours.
export function read(text) {
  const { tag, value: [protectedPart, unprotected, payload, signature] } = cbor(unbase32(text));
  const header = cbor(protectedPart);
  const [format, code, programme, version, awarded, until, salt, name, list, index, flags] = cbor(payload);
  const asWritten = tag === 18 && header.get(1) === -7 && unprotected.size === 0 && signature.length === 64;
  if (!asWritten || format !== FORMAT) throw new Error();
  const kid = [...header.get(4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const date = (days) => new Date(days * DAY);
  return {
    kid, programme, version, salt, name, list, index, signature,
    signed: Uint8Array.of(0x84, 0x6a, ...utf8("Signature1"), ...bytestring(protectedPart), 0x40, ...bytestring(payload)),
    code: bits(code).slice(7).match(/.{5}/g).map((five) => CROCKFORD[parseInt(five, 2)]).join(""),
    awarded: date(awarded), until: date(until),
    specimen: !!(flags & SPECIMEN), ownTitle: !!(flags & OWN_TITLE), language: LANGUAGES[flags >> 2],
  };
}

export const isGenuine = (credential, jwk) => verified(jwk, credential.signature, credential.signed);

export async function nameMatches({ salt, name }, typed) {
  const letters = normalised(typed);
  if (!letters) return false;
  const key = await crypto.subtle.importKey("raw", utf8(letters), "PBKDF2", false, ["deriveBits"]);
  const settings = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS };
  const derived = new Uint8Array(await crypto.subtle.deriveBits(settings, key, name.length * 8));
  return derived.every((byte, place) => byte === name[place]);
}

// As names.py does it.
const PLAIN = "ĐD ÐD ƉD ƊD ØO ƆO ŁL ŊN ƝN ƐE ƎE ƁB ƑF ƔG ĦH ƖI ƘK ƩS ŦT ƲV ƳY ƷZ ÆAE ŒOE ẞSS".split(" ");
export function normalised(name) {
  const plain = name.toUpperCase().replace(/./gu, (letter) => PLAIN.find((pair) => pair[0] === letter)?.slice(1) ?? letter);
  return plain.normalize("NFKD").toUpperCase().replace(/[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/gu, "");
}

// { from (date), isSet(index) } of a signed list; throws where it is not the one at that address, signed by one of these.
export async function readList(jwt, address, jwks) {
  const [header, claims, signature] = jwt.split(".");
  const { kid } = JSON.parse(new TextDecoder().decode(unbase64(header)));
  const { id, validFrom, credentialSubject } = JSON.parse(new TextDecoder().decode(unbase64(claims)));
  const jwk = jwks.find((key) => key.kid === kid);
  const signed = jwk && (await verified(jwk, unbase64(signature), utf8(`${header}.${claims}`)));
  if (!signed || new URL(id).pathname !== address) throw new Error();
  const packed = new Blob([unbase64(credentialSubject.encodedList.slice(1))]).stream();
  const unpacked = new Response(packed.pipeThrough(new DecompressionStream("gzip")));
  const set = new Uint8Array(await unpacked.arrayBuffer());
  return { from: new Date(validFrom), isSet: (index) => !!(set[index >> 3] & (0x80 >> (index & 7))) };
}

async function verified({ kty, crv, x, y }, signature, message) {
  const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, ES256, false, ["verify"]);
  return crypto.subtle.verify(ES256, key, signature, message);
}

function unbase32(text) {
  const digits = [...text].map((letter) => RFC4648.indexOf(letter));
  const all = digits.map((digit) => digit.toString(2).padStart(5, "0")).join("");
  if (digits.includes(-1) || all.slice(all.length & ~7).includes("1")) throw new Error();
  return Uint8Array.from(all.match(/.{8}/g), (eight) => parseInt(eight, 2));
}

const unbase64 = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const bytestring = (bytes) => [...(bytes.length < 24 ? [0x40 + bytes.length] : [0x58, bytes.length]), ...bytes];

// RFC 8949, as much of it as is used: whole numbers, bytes, text, arrays, maps, tags; nothing may follow.
function cbor(bytes) {
  let place = 0;
  const take = (count) => {
    if (place + count > bytes.length) throw new Error();
    return bytes.subarray(place, (place += count));
  };
  const number = (extra) => (extra < 24 ? extra : take(1 << (extra - 24)).reduce((sum, byte) => sum * 256 + byte, 0));
  const item = () => {
    const [first] = take(1);
    const kind = first >> 5, count = number(first & 31);
    const items = (wanted) => Array.from({ length: wanted }, item);
    return [
      () => count,
      () => -1 - count,
      () => take(count),
      () => new TextDecoder().decode(take(count)),
      () => items(Math.min(count, 99)),
      () => new Map(Array.from({ length: Math.min(count, 99) }, () => items(2))),
      () => ({ tag: count, value: item() }),
    ][kind]();
  };
  const whole = item();
  if (place !== bytes.length) throw new Error();
  return whole;
}
