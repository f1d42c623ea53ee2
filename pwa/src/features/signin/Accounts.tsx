import { formatPhone } from "@tablebanking/common/phone";
import { Icon } from "../../components/Icon";
import type { AccountRecord } from "../../store/schema";
import styles from "./signin.module.css";

interface Props {
  title: string;
  accounts: AccountRecord[];
  onChoose: (account: AccountRecord) => void;
}

export function Accounts({ title, accounts, onChoose }: Props) {
  return (
    <section className={styles.accounts}>
      <h2>{title}</h2>
      <ul>
        {accounts.map((account) => (
          <li key={account.userId}>
            <button type="button" onClick={() => onChoose(account)}>
              <span>
                <strong>{account.name}</strong>
                <span className={styles.soft}>{formatPhone(account.phone)}</span>
              </span>
              <Icon name="forward" size={20} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
