package cloud.wuye.payment.order;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.ledger.TestBooks;
import cloud.wuye.payment.order.OrderPurpose.Given;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way in which money can come, and where it is afterwards. */
@QuarkusTest
class PaymentOrderTest {
    private static final String STATE =
            "query($i:ID!){o:paymentOrder(id:$i){state paidFen refundedFen why attempts{surplus state}}}";

    @Inject
    Db db;

    @Inject
    PlaceOrder place;

    @Inject
    RecordPayment record;

    @Inject
    TestPurpose purpose;

    @Inject
    OrderCredits credits;

    @Inject
    TestBooks books;

    @Inject
    Clock clock;

    private TestTenant company;
    private Caller resident;
    private UUID subject;

    @BeforeEach
    void company() {
        company = TestTenants.fresh();
        resident = new Caller(company.id(), company.subject("sun"), "sun", Set.of(Roles.RESIDENT));
        subject = Ids.next();
    }

    @Test
    void paidOrderIsCreditedAndTheMoneyIsTheCustomers() throws Throwable {
        PlacedOrder order = order(5000, null);
        assertEquals(30, order.surchargeFen());
        assertEquals(Recorded.PAID, pay(order, "T1", 5030));
        becomes(order, "CREDITED");
        assertEquals(1, purpose.timesGiven(order.id()));
        assertEquals("50.30", books.balance(company, "PSP_CLEARING", null));
        assertEquals("-50.00", books.balance(company, "CUSTOMER_CREDIT", subject));
        assertEquals("-0.30", books.balance(company, "PAYMENT_FEE_INCOME", null));
    }

    @Test
    void hundredNoticesAtOnceCreditOnce() throws Throwable {
        PlacedOrder order = order(5000, null);
        PaymentAttempt attempt = attempt(order, 1);
        List<Uni<Recorded>> all = IntStream.range(0, 100)
                .mapToObj(i -> record.record(company.id(), evidence(attempt, "T1", 5030)))
                .toList();
        List<Recorded> outcomes =
                subscribeAndAwait(() -> Uni.combine().all().unis(all).with(Recorded.class, List::copyOf));
        assertEquals(1, outcomes.stream().filter(Recorded.PAID::equals).count());
        assertEquals(99, outcomes.stream().filter(Recorded.KNOWN::equals).count());
        becomes(order, "CREDITED");
        assertEquals(1, purpose.timesGiven(order.id()));
        assertEquals("-50.00", books.balance(company, "CUSTOMER_CREDIT", subject));
    }

    @Test
    void secondWayToPayThatSucceedsTooGoesBackInFull() throws Throwable {
        PlacedOrder order = order(5000, null);
        PaymentAttempt first = attempt(order, 1);
        PaymentAttempt second = attempt(order, 2);
        assertEquals(Recorded.PAID, recorded(evidence(second, "T2", 5030)));
        assertEquals(Recorded.SURPLUS, recorded(evidence(first, "T1", 5030)));
        becomes(order, "CREDITED");
        assertEquals("-50.30", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("100.60", books.balance(company, "PSP_CLEARING", null));
        assertEquals(List.of("SURPLUS"), refunds(order, "cause"));
    }

    @Test
    void paymentAfterTheCloseIsCreditedNotKept() throws Throwable {
        PlacedOrder order = order(1, null);
        assertEquals(
                "CLOSED",
                finance()
                        .ask("mutation($i:ID!){o:closePaymentOrder(orderId:$i reason:\"gone\"){state}}", "i", id(order))
                        .getString("o.state"));
        assertEquals(Recorded.PAID, pay(order, "T1", 1));
        becomes(order, "CREDITED");
        assertEquals(1, purpose.timesGiven(order.id()));
    }

    @Test
    void latePaymentThatCannotBeGivenIsOwedBack() throws Throwable {
        purpose.mood.put(subject, Given.REFUSED);
        PlacedOrder order = order(5000, null);
        pay(order, "T1", 5030);
        becomes(order, "REFUNDING");
        assertEquals("-50.30", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("0.00", books.balance(company, "CUSTOMER_CREDIT", subject));
        assertEquals("0.00", books.balance(company, "PAYMENT_FEE_INCOME", null));
    }

    @Test
    void wrongAmountAndUnknownOrderStandInSuspense() throws Throwable {
        PlacedOrder order = order(5000, null);
        assertEquals(Recorded.MISMATCH, pay(order, "T1", 4030));
        becomes(order, "AMOUNT_MISMATCH");
        assertEquals(0, purpose.timesGiven(order.id()));
        assertEquals("-40.30", books.balance(company, "SUSPENSE", null));
        PaymentEvidence nobodys = new PaymentEvidence(PayBy.WECHAT, "nobody-1", "T9", 700, "CNY", true, clock.now());
        assertEquals(Recorded.UNMATCHED, recorded(nobodys));
        assertEquals(Recorded.KNOWN, recorded(nobodys));
        assertEquals("-47.30", books.balance(company, "SUSPENSE", null));
        assertEquals("47.30", books.balance(company, "PSP_CLEARING", null));
    }

    @Test
    void troubleWhileGivingIsTriedAgainAndLosesNothing() throws Throwable {
        purpose.trouble.put(subject, new AtomicInteger(2));
        PlacedOrder order = order(5000, null);
        pay(order, "T1", 5030);
        becomes(order, "CREDITED");
        assertEquals(1, purpose.timesGiven(order.id()));
    }

    @Test
    void givingThatIsUnderWayEndsWhenTheFeatureSaysSo() throws Throwable {
        purpose.mood.put(subject, Given.UNDER_WAY);
        PlacedOrder order = order(5000, null);
        pay(order, "T1", 5030);
        becomes(order, "CREDITING");
        ending(tx -> credits.failed(tx, order.id(), "meter does not answer"));
        ending(tx -> credits.failed(tx, order.id(), "meter does not answer"));
        becomes(order, "CREDIT_FAILED");
        assertThrows(Problem.class, () -> ending(tx -> credits.done(tx, order.id())));
    }

    @Test
    void secondClickFindsTheFirstOrderAndAnotherWishIsRefused() throws Throwable {
        PlacedOrder first = order(5000, "click-1");
        PlacedOrder second = order(5000, "click-1");
        assertEquals(first.id(), second.id());
        assertEquals(first.orderNo(), second.orderNo());
        Problem refused = assertThrows(Problem.class, () -> order(6000, "click-1"));
        assertEquals(ProblemCode.ORDER_KEY_REUSED, refused.code());
        assertNotEquals(first.id(), order(5000, "click-2").id());
    }

    @Test
    void cashIsTakenOnceUnderItsReceipt() throws Throwable {
        PlacedOrder order = order(5000, null);
        String take = "mutation($i:ID!,$r:String!){o:takePayment(orderId:$i by:CASH receiptNo:$r){state paidFen}}";
        assertEquals("5000", finance().ask(take, "i", id(order), "r", "R-1").getString("o.paidFen"));
        finance().ask(take, "i", id(order), "r", "R-1");
        becomes(order, "CREDITED");
        assertEquals("50.00", books.balance(company, "CASH_DESK", null), "the price: no channel takes a fee of it");
        assertEquals("0.00", books.balance(company, "PAYMENT_FEE_INCOME", null));
        assertEquals("0.00", books.balance(company, "PSP_CLEARING", null));
        finance().refused("ILLEGAL_STATE", take, "i", id(order), "r", "R-2");
        finance().refused("ALREADY_EXISTS", take, "i", id(order(100, null)), "r", "R-1");
        Graph.as(company.technician()).refused("FORBIDDEN", take, "i", id(order), "r", "R-3");
    }

    /** A transfer's number and a receipt's are two series: the same in both is not the same money. */
    @Test
    void transferIsTakenOnceUnderItsOwnNumber() throws Throwable {
        PlacedOrder cash = order(5000, null);
        PlacedOrder transfer = order(100, null);
        String take =
                "mutation($i:ID!,$b:PayBy!){o:takePayment(orderId:$i by:$b receiptNo:\"7\"){state attempts{by number}}}";
        finance().ask(take, "i", id(cash), "b", "CASH");
        var taken = finance().ask(take, "i", id(transfer), "b", "TRANSFER");
        assertEquals(List.of("TRANSFER"), taken.getList("o.attempts.by"));
        finance().ask(take, "i", id(transfer), "b", "TRANSFER");
        finance().refused("VALIDATION", take, "i", id(order(100, null)), "b", "WECHAT");
        becomes(transfer, "CREDITED");
        assertEquals(1, purpose.timesGiven(transfer.id()));
        assertEquals("51.00", books.balance(company, "CASH_DESK", null));
    }

    @Test
    void refundNeedsASecondPersonAndGoesBackOnce() throws Throwable {
        PlacedOrder order = order(5000, null);
        finance().ask("mutation($i:ID!){takePayment(orderId:$i by:CASH receiptNo:\"R-9\"){id}}", "i", id(order));
        becomes(order, "CREDITED");
        String request =
                "mutation($i:ID!,$a:Long!){r:requestRefund(orderId:$i amountFen:$a reason:\"moved out\"){id surchargeFen}}";
        manager().refused("REFUND_TOO_LARGE", request, "i", id(order), "a", 5001);
        manager().refused("VALIDATION", request, "i", id(order), "a", 0);
        manager().refused("VALIDATION", request, "i", id(order), "a", -1);
        manager().refused("VALIDATION", request.replace("moved out", " "), "i", id(order), "a", 1);
        String refund = manager().ask(request, "i", id(order), "a", 2500).getString("r.id");
        finance().refused("REFUND_OPEN", request, "i", id(order), "a", 1);
        String approve = "mutation($i:ID!){r:approveRefund(id:$i){state}}";
        finance().refused("FORBIDDEN", approve, "i", refund);
        manager().refused("SECOND_PERSON_NEEDED", approve, "i", refund);
        Graph other = Graph.as(company.as("he", Roles.MANAGER));
        purpose.used.put(subject, true);
        other.refused("ILLEGAL_STATE", approve, "i", refund);
        purpose.used.remove(subject);
        assertEquals("APPROVED", other.ask(approve, "i", refund).getString("r.state"));
        other.ask(approve, "i", refund);
        assertEquals("-25.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("-25.00", books.balance(company, "CUSTOMER_CREDIT", subject));
        String payOut = "mutation($i:ID!){r:payOutRefund(id:$i receiptNo:\"B-1\"){state}}";
        finance().ask(payOut, "i", refund);
        finance().ask(payOut, "i", refund);
        becomes(order, "PARTIALLY_REFUNDED");
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("25.00", books.balance(company, "CASH_DESK", null));
    }

    /** Of what was not given, a part that went back would leave a rest that nobody ever gives. */
    @Test
    void whatCouldNotBeGivenGoesBackWholeAndNothingIsTakenBackForIt() throws Throwable {
        purpose.mood.put(subject, Given.UNDER_WAY);
        PlacedOrder order = order(5000, null);
        pay(order, "T1", 5030);
        becomes(order, "CREDITING");
        String request = "mutation($i:ID!,$a:Long!){r:requestRefund(orderId:$i amountFen:$a reason:\"broken\"){id}}";
        String approve = "mutation($i:ID!){r:approveRefund(id:$i){state}}";
        Graph other = Graph.as(company.as("he", Roles.MANAGER));
        String part = manager().ask(request, "i", id(order), "a", 2500).getString("r.id");
        ending(tx -> credits.failed(tx, order.id(), "meter does not answer"));
        other.refused("ILLEGAL_STATE", approve, "i", part);
        other.ask("mutation($i:ID!){rejectRefund(id:$i reason:\"all or nothing\"){state}}", "i", part);
        manager().refused("VALIDATION", request, "i", id(order), "a", 2500);

        purpose.used.put(subject, true);
        String whole = manager().ask(request, "i", id(order), "a", 5000).getString("r.id");
        other.ask(approve, "i", whole);
        becomes(order, "REFUNDING");
        assertEquals("-50.30", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("0.00", books.balance(company, "CUSTOMER_CREDIT", subject));
        assertEquals("0.00", books.balance(company, "PAYMENT_FEE_INCOME", null));
    }

    /** Somebody has asked a part back, and then it turns out that nothing can be given: all of it goes back at once. */
    @Test
    void refusedWhileARefundIsUndecidedAllOfItGoesBackAtOnce() throws Throwable {
        purpose.mood.put(subject, Given.UNDER_WAY);
        PlacedOrder order = order(5000, null);
        pay(order, "T1", 5030);
        becomes(order, "CREDITING");
        ending(tx -> credits.failed(tx, order.id(), "meter does not answer"));
        String request = "mutation($i:ID!,$a:Long!){r:requestRefund(orderId:$i amountFen:$a reason:\"broken\"){id}}";
        String asked = manager().ask(request, "i", id(order), "a", 5000).getString("r.id");
        purpose.mood.put(subject, Given.REFUSED);

        finance().ask("mutation($i:ID!){retryCredit(orderId:$i){id}}", "i", id(order));

        becomes(order, "REFUNDING");
        assertEquals(Set.of("ASKED", "NOT_CREDITED"), Set.copyOf(refunds(order, "cause")));
        assertEquals("-50.30", books.balance(company, "REFUND_PAYABLE", null), "once");
        assertEquals("0.00", books.balance(company, "CUSTOMER_CREDIT", subject));
        Graph.as(company.as("he", Roles.MANAGER))
                .refused("ILLEGAL_STATE", "mutation($i:ID!){approveRefund(id:$i){state}}", "i", asked);
    }

    private PlacedOrder order(long fen, String clickKey) throws Throwable {
        NewOrder wanted = new NewOrder(
                TestPurpose.NAME,
                subject,
                "M-1",
                new Payer(resident.subject(), "sun", PayerKind.MEMBER),
                fen,
                clickKey,
                "top up by " + fen);
        return subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> place.place(tx, resident, wanted)));
    }

    /** An attempt as the channel's door makes one. */
    private PaymentAttempt attempt(PlacedOrder order, int ordinal) throws Throwable {
        PaymentAttempt attempt = new PaymentAttempt();
        attempt.id = Ids.next();
        attempt.tenantId = company.id();
        attempt.orderId = order.id();
        attempt.ordinal = ordinal;
        attempt.by = PayBy.WECHAT;
        attempt.number = OrderNumbers.attempt(order.orderNo(), ordinal);
        attempt.dueFen = order.payableFen() + order.surchargeFen();
        attempt.createdAt = clock.now();
        attempt.expiresAt = order.expiresAt();
        ending(tx -> new PaymentAttempts().add(tx, attempt));
        return attempt;
    }

    private PaymentEvidence evidence(PaymentAttempt attempt, String transaction, long fen) {
        return new PaymentEvidence(PayBy.WECHAT, attempt.number, transaction, fen, "CNY", true, clock.now());
    }

    private Recorded pay(PlacedOrder order, String transaction, long fen) throws Throwable {
        return recorded(evidence(attempt(order, 1), transaction, fen));
    }

    private Recorded recorded(PaymentEvidence evidence) throws Throwable {
        return subscribeAndAwait(() -> record.record(company.id(), evidence));
    }

    private void ending(java.util.function.Function<io.vertx.mutiny.sqlclient.SqlConnection, Uni<Void>> work)
            throws Throwable {
        subscribeAndAwait(() -> db.forTenantSql(company.id(), work));
    }

    private void becomes(PlacedOrder order, String state) {
        await("order becomes " + state)
                .until(() -> state.equals(finance().ask(STATE, "i", id(order)).getString("o.state")));
    }

    private List<String> refunds(PlacedOrder order, String field) {
        return finance()
                .ask("query($i:ID!){r:refunds(filter:{orderId:$i}){nodes{cause state}}}", "i", id(order))
                .getList("r.nodes." + field);
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }

    private Graph manager() {
        return Graph.as(company.manager());
    }

    private static String id(PlacedOrder order) {
        return order.id().toString();
    }
}
