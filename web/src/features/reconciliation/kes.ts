import { formatKes, fromDecimal } from "@tablebanking/common/money";

export const kes = (decimal: string) => formatKes(fromDecimal(decimal));
