package cloud.wuye.ledger;

import java.math.BigDecimal;

/** An amount on an account: a debit where positive, a credit where negative; never nothing, never finer than the kind allows. */
record Line(Account account, BigDecimal amount) {
    Line {
        if (amount.signum() == 0) {
            throw new IllegalArgumentException("a line moves something");
        }
        if (amount.stripTrailingZeros().scale() > account.kind().decimals()) {
            throw new IllegalArgumentException(amount.toPlainString() + " is finer than " + account + " counts");
        }
    }
}
