/**
 * Kenyan mobile numbers in the usual forms: 0712…, 0112…, 712…, 254712…, +254 712 … .
 * The ranges are those of the numbering plan as the server's phonenumbers library has them.
 */
const MOBILE = /^(?:1(?:0[0-8]|[18]\d|2[014]|3[05-9]|4[0-6])|7\d\d)\d{6}$/;

/** The number as the API stores it, "254712345678", or null. */
export function parseKenyanMobile(text: string): string | null {
  const bare = text.replace(/[\s().-]/g, "");
  const match = /^(?:\+?254|00254|0)?(\d{9})$/.exec(bare);
  const national = match?.[1];
  return national && MOBILE.test(national) ? `254${national}` : null;
}

/** As people write it at home: "0712 345 678". Anything else stays as it is. */
export function formatPhone(phone: string): string {
  const match = /^\+?254(\d{3})(\d{3})(\d{3})$/.exec(phone);
  return match ? `0${match[1]} ${match[2]} ${match[3]}` : phone;
}
