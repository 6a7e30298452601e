package cloud.wuye.payment.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.ledger.TestBooks;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cash that staff took comes to the bank, once a slip. */
@QuarkusTest
class HandInCashTest {
    private static final String HAND_IN =
            "mutation($f:Long!,$r:String!,$d:Date!){c:handInCash(amountFen:$f receiptNo:$r on:$d){entryId receiptNo}}";

    @Inject
    TestOrders orders;

    @Inject
    TestBooks books;

    @Inject
    Clock clock;

    private TestTenant company;
    private String today;

    @BeforeEach
    void companyWithCash() {
        company = TestTenants.fresh();
        orders.credited(company);
        today = LocalDate.ofInstant(clock.now(), ZoneId.of("Asia/Shanghai")).toString();
    }

    @Test
    void handedInIsInTheBankOnceASlip() throws Throwable {
        String entry = finance().ask(HAND_IN, "f", 4970, "r", "S-1", "d", today).getString("c.entryId");
        assertEquals(
                entry,
                finance().ask(HAND_IN, "f", 4970, "r", " S-1 ", "d", today).getString("c.entryId"));
        assertEquals("49.70", books.balance(company, "BANK", null));
        assertEquals("0.30", books.balance(company, "CASH_DESK", null));
        assertEquals(
                1,
                Graph.as(company.manager())
                        .ask("{a:auditEntries(first:50){nodes{act}}}")
                        .getList("a.nodes.findAll{it.act == 'cash.handIn'}")
                        .size());
    }

    @Test
    void sameSlipForAnotherSumAndMoreThanThereIsAreRefused() throws Throwable {
        finance().ask(HAND_IN, "f", 30, "r", "S-1", "d", today);
        finance().refused("ALREADY_EXISTS", HAND_IN, "f", 31, "r", "S-1", "d", today);
        finance().refused("CASH_DESK_TOO_LOW", HAND_IN, "f", 4971, "r", "S-2", "d", today);
        finance().refused("VALIDATION", HAND_IN, "f", 0, "r", "S-2", "d", today);
        finance().refused("VALIDATION", HAND_IN, "f", 1, "r", " ", "d", today);
        finance()
                .refused(
                        "VALIDATION",
                        HAND_IN,
                        "f",
                        1,
                        "r",
                        "S-2",
                        "d",
                        LocalDate.parse(today).plusDays(2).toString());
        Graph.as(company.technician()).refused("FORBIDDEN", HAND_IN, "f", 1, "r", "S-2", "d", today);
        assertEquals("0.30", books.balance(company, "BANK", null));
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }
}
