package cloud.wuye.payment.reconciliation;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.ledger.TestBooks;
import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.PaymentChannel;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.PrepayRequest;
import cloud.wuye.payment.RefundRequest;
import cloud.wuye.payment.order.PayingCompany;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days of a payment channel, held against our books, with a simulated channel whose bills differ on command. */
@QuarkusTest
class ReconciliationTest {
    private static final LocalDate DAY = LocalDate.now(ChannelKind.WECHAT_PAY.zone());

    @Inject
    TestOrders orders;

    @Inject
    TestBooks books;

    @Inject
    ReconcilePayments reconcile;

    @Inject
    TestDays days;

    @Inject
    FetchBills fetch;

    @Inject
    MatchBills match;

    @Inject
    PaymentChannel payments;

    @Inject
    Db db;

    @Inject
    Clock clock;

    private PayingCompany payer;
    private TestTenant company;
    private SimulatedPayments channel;

    @BeforeEach
    void companyWithAChannel() {
        payer = PayingCompany.at(clock, DAY + "T12:00");
        company = payer.company;
        channel = payer.channel;
    }

    @AfterEach
    void rightTime() {
        payer.end();
    }

    @Test
    void dayThatAgreesIsDoneAtTenWithItsTotalsAndItsFeeOnce() throws Throwable {
        paid();
        paid();
        at(DAY.plusDays(1), "09:59");
        sweep();
        assertEquals(List.of(), days("day"));
        at(DAY.plusDays(1), "10:00");
        sweep();
        assertEquals(List.of("DONE"), days("state"));
        assertEquals(List.of("10060"), days("channelPaidFen"));
        assertEquals(List.of("10060"), days("ownPaidFen"));
        assertEquals(List.of("2"), days("ownPayments"));
        assertEquals(List.of("60"), days("feeFen"));
        assertEquals(List.of(), differences("kind"));
        assertEquals("0.60", books.balance(company, "CHANNEL_FEE_EXPENSE", null));
        assertEquals("100.00", books.balance(company, "PSP_CLEARING", null));
        sweep();
        assertEquals("DONE", again(DAY));
        assertEquals(List.of("DONE"), days("state"));
        assertEquals("0.60", books.balance(company, "CHANNEL_FEE_EXPENSE", null));
    }

    @Test
    void eachKindOfDifferenceIsFoundOnceAndGoneWithABillThatIsPublishedAnew() throws Throwable {
        String lacking = paid();
        String other = paid();
        String revoked = paid();
        String refund = refunded(paid());
        differ("MISSING_THERE", "outTradeNo", lacking);
        differ("AMOUNT", "outTradeNo", other);
        differ("STATE", "outTradeNo", revoked);
        differ("MISSING_THERE", "outRefundNo", refund);
        differ("MISSING_HERE", "outTradeNo", "nobody-0001");
        at(DAY.plusDays(1), "10:00");
        sweep();
        assertEquals(List.of("DONE"), days("state"));
        String all = "[CHANNEL_MISSING " + lacking + " OPEN, AMOUNT_DIFFERS " + other + " OPEN, STATE_DIFFERS "
                + revoked + " OPEN, REFUND_DIFFERS " + refund + " OPEN, LOCAL_MISSING nobody-0001 OPEN]";
        assertEquals(sorted(all), sorted(told()));
        List<String> ids = differences("id");
        assertEquals("DONE", again(DAY));
        assertEquals(new TreeSet<>(ids), new TreeSet<>(differences("id")));
        assertEquals(sorted(all), sorted(told()));
        channel.order("faults/forget", Map.of());
        assertEquals("DONE", again(DAY));
        assertEquals(sorted(all.replace("OPEN", "GONE")), sorted(told()));
    }

    @Test
    void paymentOfWhichNobodyToldIsRecordedWhenTheChannelConfirmsIt() throws Throwable {
        UUID order = orders.placed(company);
        String number = orders.prepaid(company, order);
        channel.pay(number, "notices", 0);
        strangersOrder("stranger-1");
        channel.pay("stranger-1", "notices", 0);
        at(DAY.plusDays(1), "10:00");
        sweep();
        await().until(() -> "CREDITED".equals(state(order)));
        assertEquals(new TreeSet<>(List.of("GONE")), new TreeSet<>(differences("state")));
        assertEquals(2, differences("kind").size());
        assertEquals("-0.07", books.balance(company, "SUSPENSE", null));
        assertEquals("DONE", again(DAY));
        assertEquals("-0.07", books.balance(company, "SUSPENSE", null));
        assertEquals(List.of("5037"), days("ownPaidFen"));
    }

    @Test
    void channelThatDoesNotAnswerAboutAPaymentIsAskedAgain() throws Throwable {
        UUID order = orders.placed(company);
        String number = orders.prepaid(company, order);
        channel.pay(number, "notices", 0);
        at(DAY.plusDays(1), "10:00");
        channel.fault("ERROR_500", "/pay/transactions/out-trade-no", "times", 20);
        sweep();
        assertEquals(List.of("MATCHED"), days("state"));
        assertEquals(List.of("no answer about 1 payments"), days("problem"));
        channel.order("faults/forget", Map.of());
        at(DAY.plusDays(1), "10:06");
        sweep();
        assertEquals(List.of("DONE"), days("state"));
        assertEquals(List.of("null"), days("problem"));
        await().until(() -> "CREDITED".equals(state(order)));
    }

    @Test
    void paymentAtMidnightMayStandInTheNextDaysBill() throws Throwable {
        paid();
        at(DAY, "23:59:58");
        differ("NEXT_DAY", "outTradeNo", paid());
        at(DAY.plusDays(1), "10:00");
        sweep();
        at(DAY.plusDays(2), "10:00");
        sweep();
        assertEquals(List.of("DONE", "DONE"), days("state"));
        assertEquals(List.of("5030", "5030"), days("channelPaidFen"));
        assertEquals(List.of(), differences("kind"));
    }

    @Test
    void paymentAtMidnightThatIsInNoBillIsMissedADayLater() throws Throwable {
        paid();
        at(DAY, "23:59:58");
        String lost = paid();
        differ("MISSING_THERE", "outTradeNo", lost);
        at(DAY.plusDays(1), "10:00");
        sweep();
        assertEquals(List.of(), differences("kind"));
        at(DAY.plusDays(2), "10:00");
        sweep();
        assertEquals(List.of("CHANNEL_MISSING " + lost + " OPEN"), told());
    }

    @Test
    void paymentThatTurnsUpInALaterBillIsMissingNoMore() throws Throwable {
        paid();
        differ("NEXT_DAY", "outTradeNo", paid());
        at(DAY.plusDays(1), "10:00");
        sweep();
        assertEquals(List.of("OPEN"), differences("state"));
        at(DAY.plusDays(2), "10:00");
        sweep();
        assertEquals(List.of("GONE"), differences("state"));
    }

    @Test
    void billThatIsNotReadyIsFetchedLater() throws Throwable {
        paid();
        at(DAY.plusDays(1), "10:00");
        channel.order(
                "clock",
                Map.of("now", PayingCompany.moment(DAY.plusDays(1) + "T09:57").toString()));
        sweep();
        assertEquals(List.of("DUE"), days("state"));
        assertTrue(days("problem").get(0).contains("STATEMENT_CREATING"));
        at(DAY.plusDays(1), "10:04");
        sweep();
        assertEquals(List.of("DUE"), days("state"));
        at(DAY.plusDays(1), "10:05");
        sweep();
        assertEquals(List.of("DONE"), days("state"));
    }

    @Test
    void dayOnWhichNothingHappenedIsDone() throws Throwable {
        at(DAY.plusDays(1), "10:00");
        sweep();
        assertEquals(List.of("DONE"), days("state"));
        assertEquals(List.of("0"), days("channelPayments"));
    }

    @Test
    void daysMissedWhileTheServiceWasAwayAreMadeUpFor() throws Throwable {
        at(DAY.plusDays(3), "10:00");
        sweep();
        assertEquals(List.of("DONE", "DONE", "DONE"), days("state"));
        assertEquals(DAY.toString(), days("day").get(2));
    }

    @Test
    void runThatWasInterruptedGoesOnFromWhereItStands() throws Throwable {
        paid();
        differ("MISSING_HERE", "outTradeNo", "nobody-0002");
        at(DAY.plusDays(1), "10:00");
        ReconciliationRun run = begun();
        subscribeAndAwait(() -> fetch.fetch(run));
        assertEquals(List.of("FETCHED"), days("state"));
        // Whoever had it is dead: nobody touches it before the time it was put off to.
        sweep();
        assertEquals(List.of("FETCHED"), days("state"));
        // Both a late first and a second: what is done is not done again.
        subscribeAndAwait(() -> fetch.fetch(run));
        subscribeAndAwait(() -> match.match(run));
        subscribeAndAwait(() -> match.match(run));
        assertEquals(List.of("MATCHED"), days("state"));
        assertEquals(List.of("LOCAL_MISSING nobody-0002 OPEN"), told());
        at(DAY.plusDays(1), "10:10");
        sweep();
        assertEquals(List.of("DONE"), days("state"));
        assertEquals("0.31", books.balance(company, "CHANNEL_FEE_EXPENSE", null));
    }

    @Test
    void twoReplicasDoADayOnce() throws Throwable {
        paid();
        at(DAY.plusDays(1), "10:00");
        subscribeAndAwait(() -> Uni.join()
                .all(reconcile.sweep(), reconcile.sweep(), reconcile.sweep())
                .andFailFast());
        assertEquals(List.of("DONE"), days("state"));
        assertEquals("0.30", books.balance(company, "CHANNEL_FEE_EXPENSE", null));
        assertEquals(1L, count("SELECT count(*) FROM bill_trade"), "one row of one payment");
    }

    @Test
    void feeOfABillThatIsPublishedAnewIsPostedForItsDifference() throws Throwable {
        String number = paid();
        at(DAY.plusDays(1), "10:00");
        sweep();
        assertEquals("0.30", books.balance(company, "CHANNEL_FEE_EXPENSE", null));
        differ("FEE", "outTradeNo", number);
        again(DAY);
        assertEquals("0.31", books.balance(company, "CHANNEL_FEE_EXPENSE", null));
        channel.order("faults/forget", Map.of());
        again(DAY);
        again(DAY);
        assertEquals("0.30", books.balance(company, "CHANNEL_FEE_EXPENSE", null));
        assertEquals("50.00", books.balance(company, "PSP_CLEARING", null));
    }

    @Test
    void payoutOfTheChannelIsMoneyInTheBank() throws Throwable {
        paid();
        channel.order("pay-out", Map.of("amount", 4000));
        at(DAY.plusDays(1), "10:00");
        sweep();
        again(DAY);
        assertEquals(List.of("4000"), days("paidOutFen"));
        assertEquals("40.00", books.balance(company, "BANK", null));
        assertEquals("10.00", books.balance(company, "PSP_CLEARING", null));
    }

    @Test
    void personSettlesADifferenceWithAReason() throws Throwable {
        paid();
        differ("MISSING_HERE", "outTradeNo", "nobody-0003");
        at(DAY.plusDays(1), "10:00");
        sweep();
        String id = differences("id").get(0);
        String resolve = "mutation($i:ID!,$r:DifferenceResolution!,$w:String!)"
                + "{d:resolveReconciliationDifference(id:$i resolution:$r reason:$w){state resolvedBy}}";
        finance().refused("VALIDATION", resolve, "i", id, "r", "ACCEPTED", "w", " ");
        assertEquals(
                "RESOLVED",
                finance()
                        .ask(resolve, "i", id, "r", "CHANNEL_MISTAKE", "w", "they said so")
                        .getString("d.state"));
        finance().ask(resolve, "i", id, "r", "CHANNEL_MISTAKE", "w", "again");
        finance().refused("ILLEGAL_STATE", resolve, "i", id, "r", "ACCEPTED", "w", "no");
        again(DAY);
        assertEquals(List.of("RESOLVED"), differences("state"));
        assertEquals(
                1L, count("SELECT count(*) FROM audit_entry WHERE act = 'reconciliation.resolve'"), "audited once");
    }

    @Test
    void refundThatIsOnlyInTheBillDiffers() throws Throwable {
        String number = paid();
        subscribeAndAwait(
                () -> payments.refund(company.id(), new RefundRequest(number, "by-somebody-1", null, 10, 5030)));
        at(DAY.plusDays(1), "10:00");
        sweep();
        assertEquals(List.of("REFUND_DIFFERS"), differences("kind"));
        assertEquals(List.of("by-somebody-1"), differences("reference"));
        assertEquals(List.of("1"), days("channelRefunds"));
    }

    @Test
    void dayThatIsNotOverAndACompanyWithoutChannelAreRefused() {
        String run = "mutation($d:Date!){reconcileDay(channel:WECHAT_PAY day:$d){state}}";
        finance().refused("VALIDATION", run, "d", DAY.toString());
        Graph.as(TestTenants.fresh().finance())
                .refused(
                        "PAYMENT_CHANNEL_NOT_CONFIGURED",
                        run,
                        "d",
                        DAY.minusDays(1).toString());
    }

    @Test
    void differencesAreFilteredAndSorted() throws Throwable {
        String small = paid();
        differ("AMOUNT", "outTradeNo", small);
        differ("MISSING_HERE", "outTradeNo", "nobody-0004");
        at(DAY.plusDays(1), "10:00");
        sweep();
        String list = "query($f:ReconciliationDifferenceFilterInput,$s:DifferenceSort,$d:SortDirection){"
                + "r:reconciliationDifferences(filter:$f sort:$s direction:$d){nodes{kind}}}";
        assertEquals(
                List.of("LOCAL_MISSING", "AMOUNT_DIFFERS"),
                finance().ask(list, "s", "AMOUNT", "d", "ASC").getList("r.nodes.kind"));
        assertEquals(
                List.of("AMOUNT_DIFFERS"),
                finance()
                        .ask(list, "f", Map.of("kinds", List.of("AMOUNT_DIFFERS"), "from", DAY.toString()), "s", "DAY")
                        .getList("r.nodes.kind"));
        assertEquals(
                List.of(),
                finance().ask(list, "f", Map.of("to", DAY.toString())).getList("r.nodes.kind"));
    }

    /** An order that was paid and credited; gives the number that the channel knows it by. */
    private String paid() throws Throwable {
        UUID order = orders.placed(company);
        String number = orders.prepaid(company, order);
        channel.pay(number);
        await().until(() -> "CREDITED".equals(state(order)));
        return number;
    }

    /** All of a paid order goes back; gives the refund's number. */
    private String refunded(String number) {
        channel.order("refunds/delay", Map.of());
        String order = finance()
                .ask("{o:paymentOrders(first:100){nodes{id attempts{number}}}}")
                .getString("o.nodes.find{it.attempts[0].number == '" + number + "'}.id");
        String id = finance()
                .ask("mutation($i:ID!){r:requestRefund(orderId:$i amountFen:5000 reason:\"gone\"){id}}", "i", order)
                .getString("r.id");
        Graph.as(company.as("he", Roles.MANAGER)).ask("mutation($i:ID!){approveRefund(id:$i){state}}", "i", id);
        String refunds = "query($i:ID!){r:refunds(filter:{orderId:$i}){nodes{number state}}}";
        await().until(() -> "SENT".equals(finance().ask(refunds, "i", order).getString("r.nodes[0].state")));
        String refund = finance().ask(refunds, "i", order).getString("r.nodes[0].number");
        channel.settle(refund);
        await().until(() ->
                "SUCCEEDED".equals(finance().ask(refunds, "i", order).getString("r.nodes[0].state")));
        return refund;
    }

    private void strangersOrder(String number) throws Throwable {
        PrepayRequest request =
                new PrepayRequest(PrepayMethod.QR, number, "x", 7, clock.now().plus(Duration.ofHours(1)), null);
        subscribeAndAwait(() -> payments.prepay(company.id(), request));
    }

    private ReconciliationRun begun() throws Throwable {
        return days.begun(company, DAY);
    }

    private void differ(String kind, String which, String number) {
        channel.order("bills/differ", Map.of("kind", kind, which, number, "day", DAY.toString()));
    }

    private void sweep() throws Throwable {
        subscribeAndAwait(reconcile::sweep);
    }

    private String again(LocalDate day) {
        return finance()
                .ask("mutation($d:Date!){r:reconcileDay(channel:WECHAT_PAY day:$d){state}}", "d", day.toString())
                .getString("r.state");
    }

    /** For us and for the channel. */
    private void at(LocalDate day, String time) {
        payer.at(day + "T" + time);
    }

    private String state(UUID order) {
        return finance()
                .ask("query($i:ID!){o:paymentOrder(id:$i){state}}", "i", order.toString())
                .getString("o.state");
    }

    private List<String> days(String field) {
        return finance()
                .ask("{r:reconciliationRuns{nodes{" + field + "}}}")
                .<Object>getList("r.nodes." + field)
                .stream()
                .map(String::valueOf)
                .toList();
    }

    private List<String> differences(String field) {
        return finance()
                .ask("{r:reconciliationDifferences(first:50){nodes{" + field + "}}}")
                .getList("r.nodes." + field);
    }

    /** Kind, the refund's or else the payment's number, state. */
    private List<String> told() {
        return finance()
                .ask("{r:reconciliationDifferences(first:50){nodes{kind reference number state}}}")
                .<Map<String, String>>getList("r.nodes")
                .stream()
                .map(each -> each.get("kind") + " "
                        + (each.get("kind").equals("REFUND_DIFFERS") ? each.get("reference") : each.get("number")) + " "
                        + each.get("state"))
                .toList();
    }

    private static TreeSet<String> sorted(Object all) {
        String text = all.toString();
        return new TreeSet<>(List.of(text.substring(1, text.length() - 1).split(", ")));
    }

    private long count(String sql) throws Throwable {
        return subscribeAndAwait(() -> db.forTenantSql(
                company.id(),
                tx -> tx.query(sql).execute().map(rows -> rows.iterator().next().getLong(0))));
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }
}
