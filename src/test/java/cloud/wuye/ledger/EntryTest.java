package cloud.wuye.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.money.Money;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static final UUID TENANT = Ids.next();
    private static final UUID METER = Ids.next();

    @Test
    void whatDoesNotBalanceIsNoEntry() {
        assertThrows(IllegalArgumentException.class, () -> begun().debit(Account.of(AccountKind.BANK), Money.ofFen(100))
                .credit(Account.of(AccountKind.CASH_DESK), Money.ofFen(99))
                .build());
    }

    @Test
    void kilowattHoursDoNotPayForYuan() {
        assertThrows(IllegalArgumentException.class, () -> begun().debit(
                        Account.of(AccountKind.PSP_CLEARING), BigDecimal.ONE)
                .credit(Account.of(AccountKind.ENERGY_CREDIT, METER), BigDecimal.ONE)
                .build());
    }

    @Test
    void moneyThatChangesHandsIsWholeFen() {
        assertThrows(IllegalArgumentException.class, () -> begun().debit(
                        Account.of(AccountKind.PSP_CLEARING), new BigDecimal("0.001")));
        assertThrows(IllegalArgumentException.class, () -> begun().debit(
                        Account.of(AccountKind.ENERGY_USED), new BigDecimal("0.00001")));
    }

    @Test
    void aKindWithASubjectNeedsOne() {
        assertThrows(IllegalArgumentException.class, () -> Account.of(AccountKind.CUSTOMER_CREDIT));
        assertThrows(IllegalArgumentException.class, () -> Account.of(AccountKind.BANK, METER));
    }

    @Test
    void aLineOfNothingIsLeftOut() {
        assertEquals(2, Facts.paid(TENANT, METER, "1", "0.01").lines().size());
        assertThrows(IllegalArgumentException.class, () -> begun().build());
    }

    @Test
    void theDigestIsOfTheContent() {
        assertEquals(
                Facts.paid(TENANT, METER, "1", "50").digest(),
                Facts.paid(TENANT, METER, "1", "50.00").digest());
        assertNotEquals(
                Facts.paid(TENANT, METER, "1", "50").digest(),
                Facts.paid(TENANT, METER, "1", "50.01").digest());
    }

    private static Entry.Builder begun() {
        return Entry.of(TENANT, new Source("test", "1", "made")).occurredAt(Facts.THEN);
    }
}
