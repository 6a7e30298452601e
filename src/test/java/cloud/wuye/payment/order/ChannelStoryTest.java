package cloud.wuye.payment.order;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.ledger.TestBooks;
import cloud.wuye.payment.Prepaid;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders that are paid through WeChat Pay, with a simulated channel that speaks its protocol and makes its mistakes. */
@QuarkusTest
class ChannelStoryTest {
    private static final String ORDER =
            "query($i:ID!){o:paymentOrder(id:$i){state orderNo paidFen attempts{number state surplus}}}";

    @Inject
    TestOrders orders;

    @Inject
    PayOrder pay;

    @Inject
    WatchPayments watch;

    @Inject
    TestPurpose purpose;

    @Inject
    TestBooks books;

    @Inject
    Clock clock;

    private TestTenant company;
    private SimulatedPayments channel;
    private UUID order;

    @BeforeEach
    void companyWithAChannel() {
        company = TestTenants.fresh();
        channel = SimulatedPayments.fresh();
        channel.openFor(company.manager());
        order = orders.placed(company);
    }

    @AfterEach
    void rightTime() {
        clock.reset();
        channel.order("clock", Map.of());
        channel.order("faults/forget", Map.of());
    }

    @Test
    void payingLeadsToANoticeAndTheNoticeToCredit() throws Throwable {
        assertInstanceOf(Prepaid.ClientParameters.class, prepay(PrepayMethod.IN_APP));
        assertEquals(List.of(204), channel.pay(number(1)));
        becomes("CREDITED");
        assertEquals(List.of(204, 204, 204), channel.tell(number(1), "times", 3));
        assertEquals(1, purpose.timesGiven(order));
        assertEquals("50.30", books.balance(company, "PSP_CLEARING", null));
    }

    @Test
    void lostNoticeIsMadeUpForByAsking() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        channel.pay(number(1), "notices", 0);
        assertEquals("PENDING", state());
        later(Duration.ofSeconds(20));
        sweep();
        becomes("CREDITED");
    }

    @Test
    void orderWhoseTimeIsOverIsClosedAtTheChannelFirst() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        later(Duration.ofMinutes(31));
        sweep();
        assertEquals("CLOSED", state());
        assertEquals(List.of("CLOSED"), attempts("state"));
        Problem refused = assertThrows(Problem.class, () -> prepay(PrepayMethod.IN_APP));
        assertEquals(ProblemCode.ILLEGAL_STATE, refused.code());
    }

    @Test
    void paymentInTheMomentOfTheCloseIsFoundAndCredited() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        channel.pay(number(1), "notices", 0);
        finance().ask("mutation($i:ID!){closePaymentOrder(orderId:$i){state}}", "i", order.toString());
        becomes("CREDITED");
        assertEquals(1, purpose.timesGiven(order));
    }

    @Test
    void latePaymentOfAClosedOrderIsCreditedByItsNotice() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        finance().ask("mutation($i:ID!){closePaymentOrder(orderId:$i){state}}", "i", order.toString());
        assertEquals("CLOSED", state());
        assertEquals(List.of(204), channel.pay(number(1), "late", true));
        becomes("CREDITED");
    }

    @Test
    void noticeOfAWrongAmountStandsInSuspense() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        channel.pay(number(1), "flaw", "WRONG_AMOUNT");
        becomes("AMOUNT_MISMATCH");
        assertEquals(0, purpose.timesGiven(order));
        assertEquals("-50.31", books.balance(company, "SUSPENSE", null));
    }

    @Test
    void channelThatCutsOffIsAskedAgainAndTheAttemptStaysOne() throws Throwable {
        channel.fault("DONE_BUT_CUT", "/pay/transactions");
        Problem away = assertThrows(Problem.class, () -> prepay(PrepayMethod.IN_APP));
        assertEquals(ProblemCode.UNAVAILABLE, away.code());
        prepay(PrepayMethod.IN_APP);
        assertEquals(1, attempts("number").size());
        channel.pay(number(1));
        becomes("CREDITED");
    }

    @Test
    void paidTwiceByTwoWaysGoesBackOnceThroughTheChannel() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        prepay(PrepayMethod.QR);
        channel.pay(number(2));
        becomes("CREDITED");
        channel.pay(number(1));
        await().until(() -> refunds("state").equals(List.of("SENT")));
        channel.settle(refundNumber());
        await().until(() -> refunds("state").equals(List.of("SUCCEEDED")));
        assertEquals("CREDITED", state());
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("50.30", books.balance(company, "PSP_CLEARING", null));
    }

    @Test
    void refundOfUnknownOutcomeIsAskedAboutAndNeverPaidTwice() throws Throwable {
        creditedThroughTheChannel();
        channel.fault("DONE_BUT_CUT", "/refund/domestic/refunds");
        refund(5030);
        await().until(() -> refunds("state").equals(List.of("UNKNOWN")));
        assertEquals("REFUNDING", state());
        channel.settle(refundNumber(), "notices", 0);
        later(Duration.ofMinutes(10));
        sweep();
        becomes("REFUNDED");
        assertEquals("0.00", books.balance(company, "PSP_CLEARING", null));
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
    }

    @Test
    void refundThatNeverArrivedIsSentAgain() throws Throwable {
        creditedThroughTheChannel();
        channel.fault("CUT", "/refund/domestic/refunds");
        refund(1000);
        await().until(() -> refunds("state").equals(List.of("UNKNOWN")));
        later(Duration.ofMinutes(10));
        sweep();
        await().until(() -> refunds("state").equals(List.of("SENT")));
        channel.settle(refundNumber());
        becomes("PARTIALLY_REFUNDED");
    }

    @Test
    void refundThatTheChannelGivesUpStaysOwedUntilAPersonPaysItOut() throws Throwable {
        creditedThroughTheChannel();
        refund(5030);
        await().until(() -> refunds("state").equals(List.of("SENT")));
        channel.settle(refundNumber(), "state", "ABNORMAL");
        becomes("REFUND_FAILED");
        assertEquals("-50.30", books.balance(company, "REFUND_PAYABLE", null));
        String payOut = "mutation($i:ID!){payOutRefund(id:$i receiptNo:\"B-7\"){state}}";
        finance().refused("CASH_DESK_TOO_LOW", payOut, "i", refunds("id").get(0));
        becomes("REFUND_FAILED");
        orders.credited(company);
        assertEquals("50.30", books.balance(company, "CASH_DESK", null));
        finance().ask(payOut, "i", refunds("id").get(0));
        becomes("REFUNDED");
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("0.00", books.balance(company, "CASH_DESK", null));
    }

    private void creditedThroughTheChannel() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        channel.pay(number(1));
        becomes("CREDITED");
        channel.order("refunds/delay", Map.of());
    }

    private void refund(long fen) {
        String id = finance()
                .ask(
                        "mutation($i:ID!,$a:Long!){r:requestRefund(orderId:$i amountFen:$a reason:\"moved out\"){id}}",
                        "i",
                        order.toString(),
                        "a",
                        fen)
                .getString("r.id");
        Graph.as(company.as("he", Roles.MANAGER)).ask("mutation($i:ID!){approveRefund(id:$i){state}}", "i", id);
    }

    /** For us and for the channel. */
    private void later(Duration span) {
        Instant then = clock.now().plus(span);
        clock.set(then);
        channel.order("clock", Map.of("now", then.toString()));
    }

    private Prepaid prepay(PrepayMethod method) throws Throwable {
        return subscribeAndAwait(
                () -> pay.byWeChat(company.id(), order, method, method == PrepayMethod.IN_APP ? "openid-sun" : null));
    }

    private void sweep() throws Throwable {
        subscribeAndAwait(watch::sweep);
    }

    private String number(int attempt) {
        return attempts("number").get(attempt - 1);
    }

    private List<String> attempts(String field) {
        return finance().ask(ORDER, "i", order.toString()).getList("o.attempts." + field);
    }

    private String state() {
        return finance().ask(ORDER, "i", order.toString()).getString("o.state");
    }

    private void becomes(String state) {
        await("order becomes " + state).until(() -> state.equals(state()));
    }

    private List<String> refunds(String field) {
        return finance()
                .ask("query($i:ID!){r:refunds(filter:{orderId:$i}){nodes{id state number}}}", "i", order.toString())
                .getList("r.nodes." + field);
    }

    private String refundNumber() {
        return refunds("number").get(0);
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }
}
