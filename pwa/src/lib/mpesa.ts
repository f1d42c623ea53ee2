/** An M-Pesa receipt number: ten capital letters and digits, as the message to the payer shows it. */
export function readMpesaCode(text: string): string | null {
  const code = text.replace(/\s/g, "").toUpperCase();
  return /^[A-Z0-9]{10}$/.test(code) ? code : null;
}
