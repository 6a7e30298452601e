package cloud.wuye.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.fault.Payments.Fate;
import cloud.wuye.fault.Payments.TopUp;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.PaidMoney;
import cloud.wuye.testing.TestIssuer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No fen is lost and none is doubled, though the service is killed, twice, while people pay and are paid back. */
class MoneyFaultIT {
    private static final int OF_EACH = 4;
    private static final int METERS = OF_EACH * Fate.values().length;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PAID =
            "SELECT count(*) FROM payment_attempt WHERE state = 'SUCCEEDED' AND tenant_id = ?";
    /** Whatever is not where it will stay. */
    private static final String UNDER_WAY =
            """
            SELECT o.order_no || ' ' || o.state FROM payment_order o JOIN (VALUES (?)) t (id) ON o.tenant_id = t.id
            WHERE o.state NOT IN ('CREDITED', 'REFUNDED', 'AMOUNT_MISMATCH') OR EXISTS (
              SELECT FROM payment_refund r WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id AND r.state <> 'SUCCEEDED')""";

    static {
        new TestIssuer().start();
    }

    private final List<TopUp> topUps = new ArrayList<>();
    private final List<String> refunds = new ArrayList<>();
    private final ExecutorService payers = Executors.newFixedThreadPool(4);
    private final Treasury treasury = new Treasury();
    private final Payments payments = new Payments(treasury);

    @BeforeEach
    void metersAndOrders() throws IOException {
        treasury.build(METERS);
        for (int i = 0; i < METERS; i++) {
            treasury.open(treasury.meters.get(i), Map.of("mode", "PREPAID"));
            Fate fate = Fate.values()[i % Fate.values().length];
            topUps.add(payments.order(treasury.meters.get(i), fate, 1001 + i));
        }
        askForSomeBack();
        of(Fate.PAID_LATE).forEach(topUp -> treasury.finance()
                .ask("mutation($i:ID!){closePaymentOrder(orderId:$i){state}}", "i", topUp.order()));
    }

    @AfterEach
    void end() {
        payers.shutdownNow();
        treasury.close();
    }

    @Test
    void everyFenHasItsPlaceAfterTwoKills() throws InterruptedException {
        List<Runnable> acts = new ArrayList<>();
        topUps.stream()
                .filter(each -> each.fate() != Fate.GOES_BACK)
                .forEach(each -> acts.add(() -> payments.pay(each)));
        refunds.forEach(refund -> acts.add(() -> approve(refund)));
        Collections.shuffle(acts, new Random(3));
        acts.forEach(payers::submit);
        await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> treasury.count(PAID) > 2 * OF_EACH);
        treasury.kill();
        int known = treasury.count(PAID);
        payers.shutdown();
        assertTrue(payers.awaitTermination(60, TimeUnit.SECONDS));
        Map<String, Long> paid = payments.atTheChannel();
        assertEquals(METERS + OF_EACH, paid.size(), "all have paid, some by two ways");
        assertTrue(known < paid.size(), "killed too late to prove anything: " + known);

        treasury.start();
        await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> treasury.count(PAID) > known);
        treasury.kill();
        int later = treasury.count(PAID);
        assertTrue(later < paid.size(), "killed too late to prove anything: " + later);

        treasury.start();
        // Whoever got no answer asks again.
        refunds.forEach(this::approve);
        await().atMost(LONG).until(() -> payments.inTheBooks().equals(paid));
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of(), treasury.column(UNDER_WAY)));
        eachPaymentHasOnePlace();
        theBooksAgree(paid);
    }

    private void eachPaymentHasOnePlace() {
        assertEquals(List.of(), treasury.column(PaidMoney.NOT_IN_ONE_PLACE + " AND a.tenant_id = ?"));
        for (TopUp each : topUps) {
            assertEquals(
                    each.fate().end,
                    treasury.finance()
                            .ask("query($i:ID!){o:paymentOrder(id:$i){state}}", "i", each.order())
                            .getString("o.state"),
                    each::toString);
        }
        int given = METERS - OF_EACH;
        assertEquals(
                given + " " + given,
                treasury.one(
                        "SELECT count(*) || ' ' || count(DISTINCT source_id) FROM credit_move WHERE kind = 'TOP_UP'"
                                + " AND tenant_id = ?"));
        assertEquals(
                OF_EACH, treasury.count("SELECT count(*) FROM credit_move WHERE kind = 'REFUND' AND tenant_id = ?"));
        assertEquals(OF_EACH, treasury.count("SELECT count(*) FROM suspense_item WHERE tenant_id = ?"));
    }

    private void theBooksAgree(Map<String, Long> paid) {
        long came = paid.values().stream().mapToLong(Long::longValue).sum();
        long went = Long.parseLong(
                treasury.one("SELECT sum(fen) FROM payment_refund WHERE state = 'SUCCEEDED' AND tenant_id = ?"));
        assertEquals(yuan(came - went), treasury.booked("PSP_CLEARING"));
        assertEquals("0.00", treasury.booked("REFUND_PAYABLE"));
        assertEquals(
                yuan(-of(Fate.WRONG_AMOUNT).stream()
                        .mapToLong(each -> each.dueFen() - 100)
                        .sum()),
                treasury.booked("SUSPENSE"));
        assertEquals(
                List.of(),
                treasury.column(
                        """
                        SELECT b.point_id || ' ' || b.credit FROM meter_balance b
                        WHERE b.tenant_id = ? AND b.credit <> -(SELECT coalesce(sum(l.amount), 0) FROM journal_line l
                          WHERE l.tenant_id = b.tenant_id AND l.subject = b.point_id AND l.account = 'CUSTOMER_CREDIT')"""));
        assertEquals(List.of(), treasury.proven());
    }

    /** Credited, and asked back by one person; another is going to approve it. */
    private void askForSomeBack() {
        of(Fate.GOES_BACK).forEach(payments::pay);
        await().atMost(LONG)
                .until(() ->
                        treasury.count("SELECT count(*) FROM payment_order WHERE state = 'CREDITED' AND tenant_id = ?")
                                == OF_EACH);
        of(Fate.GOES_BACK)
                .forEach(topUp -> refunds.add(treasury.manager()
                        .ask(
                                "mutation($i:ID!,$a:Long!){r:requestRefund(orderId:$i amountFen:$a reason:\"moved out\"){id}}",
                                "i",
                                topUp.order(),
                                "a",
                                topUp.priceFen())
                        .getString("r.id")));
    }

    private void approve(String refund) {
        Graph.as(treasury.company.as("he", Roles.MANAGER))
                .ask("mutation($i:ID!){approveRefund(id:$i){state}}", "i", refund);
    }

    private List<TopUp> of(Fate fate) {
        return topUps.stream().filter(each -> each.fate() == fate).toList();
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }
}
